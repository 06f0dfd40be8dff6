"""What was spent, through its pages."""
