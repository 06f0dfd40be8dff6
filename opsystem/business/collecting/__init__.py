"""Payments by Stripe: the business's own account there, payment pages, ways to pay that were kept, and what
Stripe tells of each payment. No number of a card or a bank account is ever here."""
