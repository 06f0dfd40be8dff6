"""Links for people outside: a calendar of one's own visits, and one job for a helper. Hashes only."""
