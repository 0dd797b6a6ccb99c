"""The weights that a deployment starts with, before it has records of its own to count."""

from functools import cache
from importlib.resources import files


@cache
def first_model() -> str:
    """Give the text of the first model (domain.linkage.model reads it)."""
    return (files(__package__) / "first-model.json").read_text(encoding="utf-8")
