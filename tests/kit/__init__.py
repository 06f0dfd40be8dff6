"""Promises of the kit."""
