"""Pages of the schedule: board, month, backlog."""
