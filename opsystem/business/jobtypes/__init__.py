"""Sorts of work: how long it takes, its checklist, and who may do it."""
