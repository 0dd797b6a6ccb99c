"""Hand a plan, a file or a placement's notice over, and read the pack of a handover."""
