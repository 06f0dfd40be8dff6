"""Promises about the pages a client's link opens."""
