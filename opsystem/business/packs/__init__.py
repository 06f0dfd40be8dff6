"""Default content of the trades."""
