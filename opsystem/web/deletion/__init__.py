"""Deleting a business: the owner's page, and what everybody may see of it."""
