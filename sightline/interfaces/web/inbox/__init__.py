"""The queue: what is owed and what was told to us."""
