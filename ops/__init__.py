"""Checks and routines around the product: sizes of rooms, house rules."""
