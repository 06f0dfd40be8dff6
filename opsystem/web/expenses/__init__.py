"""Pages of what the business spent."""
