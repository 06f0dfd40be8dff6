"""What a job is to be billed for: its lines, with how much of each is invoiced already."""
