"""Asking Claude: conversations, turns, proposals and their approval."""
