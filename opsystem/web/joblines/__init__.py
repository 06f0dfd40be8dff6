"""Pages of what a job is billed for."""
