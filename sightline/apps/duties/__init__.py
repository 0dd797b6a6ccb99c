"""Duties with their owners and clocks, and the notices they send."""
