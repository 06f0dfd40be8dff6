"""The export: everything a business has, readable without us, and whole enough to begin again from."""
