"""The page that gives a business everything it has."""
