"""Hours of the team: what was worked, what a week came to, what an hour costs."""
