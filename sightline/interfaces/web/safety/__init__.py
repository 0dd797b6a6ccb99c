"""Who protects which child now, and handing over to another agency."""
