"""What no vendor has, for tests and the demo: the state as JSON, people's answers, faults, a reset."""
