"""Texts and emails written once and used often."""
