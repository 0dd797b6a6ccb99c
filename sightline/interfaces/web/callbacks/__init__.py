"""Where services of others tell us what became of what we sent."""
