"""Jobs and the visits they are done in."""
