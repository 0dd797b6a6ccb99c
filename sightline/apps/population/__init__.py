"""Readings of everybody: each run with its partitions, what differed from what was kept, what a change would do."""
