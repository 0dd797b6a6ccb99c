"""Refer a child as a possible victim of modern slavery: the form filled from records, and the decisions that follow."""
