"""Warning signs that a person saw: recorded with what was seen and why, and withdrawn by whoever recorded them."""
