"""OpSystem: the system a small service business runs on.

The packages are floors of a house; `docs/architecture.md` is the map.
"""
