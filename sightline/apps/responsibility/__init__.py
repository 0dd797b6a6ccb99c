"""Who protects a child now: safety events with exactly one owner, and how one agency hands over to another."""
