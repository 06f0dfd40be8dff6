"""Pages of the talk with Claude."""
