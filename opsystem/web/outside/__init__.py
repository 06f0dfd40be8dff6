"""Pages that need no sign-in: a calendar of somebody's visits, one job for a helper."""
