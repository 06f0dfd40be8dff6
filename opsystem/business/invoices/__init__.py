"""Invoices: drafts, issued ones with a number without gaps, credit notes, voids and write-offs."""
