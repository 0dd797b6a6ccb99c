"""Managed offenders: what agencies tell of them, their clocks, and the children near them."""
