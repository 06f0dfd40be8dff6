"""Businesses, who belongs to them, invitations, and the addresses that lead to them."""
