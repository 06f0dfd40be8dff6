"""Pages of what happened, by whom, and taking it back."""
