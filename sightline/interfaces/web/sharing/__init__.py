"""Pages on which people decide whether to share, see what was shared, and answer a stranger."""
