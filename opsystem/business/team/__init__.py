"""The people of the business and their roles."""
