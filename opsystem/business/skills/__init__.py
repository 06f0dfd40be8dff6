"""What people of the team can do, as job types ask for it."""
