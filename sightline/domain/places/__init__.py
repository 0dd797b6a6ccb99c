"""Ask whether first signs of several pupils followed an arrival: a question about a school, never about a child."""
