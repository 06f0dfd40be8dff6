"""Promises about what a client sees and does by his link."""
