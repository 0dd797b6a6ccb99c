"""What published figures can say, and what they cannot: how much of a difference is recording."""
