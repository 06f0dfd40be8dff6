"""Pages of what Claude wants to do and a person decides about."""
