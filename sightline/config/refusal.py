"""The kind of error that people may read."""


class Refusal(Exception):
    """Something cannot be done; the message says in plain words why and what to do next, with no detail of a child."""
