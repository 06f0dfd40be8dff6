"""The vault on bad disks, without power or room, under two masters. More: `python -m tests.faults.full`."""
