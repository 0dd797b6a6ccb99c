"""The work that runs by itself."""
