"""Police operations: the list, one operation with its totals and children, and what people enter of it."""
