"""Read warning signs from a timeline: one file a family."""
