"""Clients, their properties and notes on them."""
