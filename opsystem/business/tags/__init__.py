"""Tags on clients, and views: lists as somebody wants to see them again."""
