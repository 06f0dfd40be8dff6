"""Online booking: what the office offers, and how somebody from outside books it."""
