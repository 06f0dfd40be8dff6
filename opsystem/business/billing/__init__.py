"""Billing: from finished work to invoices, and from invoices to money; by hand, in a batch or by itself."""
