"""Promises of the business floor."""
