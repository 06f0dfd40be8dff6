"""What the sandbox understands: one file a subject, each a handful of rules. `book` puts them in order."""
