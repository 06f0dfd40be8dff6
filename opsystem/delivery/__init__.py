"""Delivery: what waits in the outbox goes to the vendors, once; what vendors report becomes operations."""
