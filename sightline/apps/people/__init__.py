"""Which identities are one person."""
