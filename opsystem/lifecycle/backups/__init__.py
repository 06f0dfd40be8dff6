"""Backups of the whole installation by restic: made, listed, dropped, tried, restored.

staging      consistent copies of what changes, under `<data>/backups/stage`
restic       the program that keeps them: encrypted, each piece once
running      one backup: stage, keep, look again
caring       every night: drop what is old, check, drill
restoring    from a backup to a place that works
"""
