"""What a job is billed for, through its pages."""
