"""Paper: quotes, invoices, receipts, statements, job sheets and service reports as PDF.

Nothing here knows how a quote is priced or an invoice numbered: what a paper shows is a frozen record
(`records`), filled by whoever knows, and `rendering` lays it out.
"""
