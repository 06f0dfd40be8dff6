"""Papers of a business as PDF, at the addresses of what they are about."""
