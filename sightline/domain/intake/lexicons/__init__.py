"""The words and codes by which each kind of value is known: one file a group of fields."""
