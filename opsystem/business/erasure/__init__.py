"""Erasing one client for good: everything the business holds about a person, wherever it stands."""
