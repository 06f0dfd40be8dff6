"""Pages of quotes."""
