"""How people close a sign: the words are kept with it, and measured."""

OUTCOMES: list[tuple[str, str]] = [
    ("confirmed", "Confirmed, and being acted on"),
    ("other-explanation", "There is another explanation"),
    ("wrong-person", "Wrong person"),
    ("wrong-data", "Wrong data"),
    ("stale", "Out of date"),
]

WRONG = ("wrong-person", "wrong-data")
"""What says that there was no such sign of this child at all."""
