"""Send files and see what was wrong with them."""
