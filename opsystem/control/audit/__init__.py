"""Security events: who did what to which object, when and from where. Ids, never values."""
