"""Warning signs that were found, and how people closed them."""
