"""Pages of the team: who works here, who is invited, in which role."""
