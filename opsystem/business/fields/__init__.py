"""Custom fields: what a business wants to know about its records beyond what everybody asks."""
