"""What each rule claims about the facts, and what it answers: A is where the child is found, B the home."""
