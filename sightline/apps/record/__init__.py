"""Entries: what was told of a child, appended and never changed."""
