"""Promises about what was spent."""
