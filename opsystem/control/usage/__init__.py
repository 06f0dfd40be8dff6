"""Counters for billing, security and improving the service (promise P1.3). Never content."""
