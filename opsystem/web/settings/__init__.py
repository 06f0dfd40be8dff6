"""Pages of settings: the business, switches, lists, tokens, what was disclosed."""
