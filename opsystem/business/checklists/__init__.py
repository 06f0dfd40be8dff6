"""Checklists that jobs begin with."""
