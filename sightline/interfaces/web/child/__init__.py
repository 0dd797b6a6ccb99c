"""Find a child, see the record, decide."""
