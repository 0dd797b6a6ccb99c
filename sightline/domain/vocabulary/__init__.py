"""Name the things that every other room speaks of."""
