"""The client's own pages, by his link: no account, no script, nothing of anybody else."""
