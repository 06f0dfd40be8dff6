"""Payments, refunds and disputes: money that came, went back, or is held."""
