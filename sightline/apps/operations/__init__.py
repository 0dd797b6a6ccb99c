"""Police operations: who takes part, what sources tell of them, and the children who had a part in them."""
