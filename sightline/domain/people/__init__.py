"""Compare what agencies say of a child, and say in words why two identities are, may be or are not one person."""
