"""The trade: clients, jobs, files, conversations. A package a noun, each with the same drawers.

`models.py` holds the tables, `operations.py` what may be done, `queries.py` what may be asked.
Nouns use one another only downwards (jobs know clients, clients know nothing of jobs). Plain
Python: no web framework and no vendor.
"""
