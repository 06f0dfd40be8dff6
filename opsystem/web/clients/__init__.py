"""Pages of clients, their properties and notes."""
