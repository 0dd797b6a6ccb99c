"""Hand a child over on the road: the giver's form, the code, and the receiver's answer by name."""
