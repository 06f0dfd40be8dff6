"""The page a day begins with."""
