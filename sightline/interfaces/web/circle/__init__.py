"""See a child's circle, and say what a link in it is."""
