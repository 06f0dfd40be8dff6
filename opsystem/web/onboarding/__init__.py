"""Starting a business: a few words about it, then what its trade brings."""
