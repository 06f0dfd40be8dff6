"""Promises of the page a day begins with."""
