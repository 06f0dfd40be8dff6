"""Papers made from what the vault holds: each room here fills the record of one kind of paper."""
