"""The conversation with Claude: a guest in the house, with the rights of the person who asks.

The worker runs it. What Claude may do is the catalogue of operations; what leaves the building
is proposed, and a person decides (see `operations.policy`).
"""
