"""The referral that an arrest creates: its words and clock, what officers add, who the adult is, and its counts."""
