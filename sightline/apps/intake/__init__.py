"""Files as they came, and what was wrong with their rows."""
