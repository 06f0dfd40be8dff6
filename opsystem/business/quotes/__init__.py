"""Quotes: what is offered to a client, in options, until it is accepted. How it is accepted: `acceptance`."""
