"""How many children nobody knows, as far as our own lists tell."""
