"""Documents and photos."""
