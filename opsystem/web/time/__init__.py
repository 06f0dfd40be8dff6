"""Pages of hours: the own week, the team's weeks, what an hour costs."""
