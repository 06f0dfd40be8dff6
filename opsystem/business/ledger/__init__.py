"""The books: every movement of money twice, once where it comes from and once where it goes.

Entries are never changed or removed; what was wrong is reversed by another entry.
"""
