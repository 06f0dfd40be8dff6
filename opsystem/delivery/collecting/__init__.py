"""Stripe's lane: errands to it, what it tells of payments, and the nightly comparison of the books."""
