"""What people ask for, from the first word to the job it becomes."""
