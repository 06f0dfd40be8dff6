"""The outside vendors, spoken over HTTP on this machine only, for the demo and the tests.

It imports nothing of the product, so that a mistake of the product cannot repeat itself here.
"""
