"""Texts and emails with clients, in threads."""
