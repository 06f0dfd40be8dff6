"""Work of the whole installation that comes back, such as backups: when it is due, and who has it."""
