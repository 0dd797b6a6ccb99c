"""State a purpose, which every read then carries."""
