"""Pages of what people ask for."""
