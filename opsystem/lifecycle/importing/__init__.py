"""Beginning again from an export: read, checked whole, and only then taken in, all or nothing."""
