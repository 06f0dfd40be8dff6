"""Names that try to lead out of a vault, through every door. All of them: `python -m tests.paths.full`."""
