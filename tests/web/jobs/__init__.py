"""Pages of the day, jobs, visits and the week."""
