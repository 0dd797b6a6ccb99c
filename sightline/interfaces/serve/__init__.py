"""Starting, watching and stopping everything that must run, and saying whether it does."""
