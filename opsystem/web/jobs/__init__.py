"""Pages of jobs and of the visits they are done in."""
