"""A business that begins again: the archive it brings, and what becomes of it here."""
