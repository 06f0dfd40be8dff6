"""Starter packs: what a business of a trade finds waiting on its first day.

A pack is a data file beside this one, checked against `contents` when it is read. Every pack
comes with `common.toml`. Amounts are suggestions until the owner confirms them.
"""
