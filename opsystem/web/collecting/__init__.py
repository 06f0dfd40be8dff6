"""Pages of payments by Stripe: the account, what differs, ways to pay that were kept."""
