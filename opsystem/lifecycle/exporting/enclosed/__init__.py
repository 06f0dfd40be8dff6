"""Files that lie in every export as they are here."""
