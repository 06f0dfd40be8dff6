"""Pages of recurring work."""
