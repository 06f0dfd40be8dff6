"""Who goes where when: free slots with reasons, conflicts, placing visits, what the board shows."""
