"""Days on which the country does not work and children do not go to school."""
