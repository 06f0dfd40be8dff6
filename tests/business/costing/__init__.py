"""Promises about margins."""
