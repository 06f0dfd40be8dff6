"""The board: slots, conflicts, placing visits."""
