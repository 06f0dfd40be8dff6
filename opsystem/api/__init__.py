"""The REST door: every operation and query of the catalogue, with a personal token.

Nothing here knows an operation by name; what is declared is offered.
"""
