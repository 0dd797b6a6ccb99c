"""Decisions to share or not to share, what became of them, and the stranger's question."""
