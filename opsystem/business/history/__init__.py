"""What happened, by whom, and taking it back."""
