"""Read files that strangers send: rows with their numbers, with bounded memory, or a refusal in plain words."""
