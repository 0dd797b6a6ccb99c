"""See hypotheses about places, and say what they are."""
