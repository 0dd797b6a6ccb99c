"""Read the value of one fact as its type, and say what was read otherwise than it was written."""

from math import isfinite
from typing import Any

from sightline.domain.intake.values import Unreadable, read_yes_no
from sightline.domain.vocabulary.kinds import NUMBER, WORDS, YES_NO, Fact

LONGEST_TEXT = 500
LONGEST_NUMBER = 10**18
"""Longer numbers are no ids; Python would not even write the longest of them."""

AS_TEXT = "This is a number; it was read as text. Write text in quotes."
AS_NUMBER = "This is text; it was read as a number. Write a number without quotes."
AS_YES_NO = "This was read as yes or no. Write true or false."
AS_LIST = "This is one word; it was read as a list of one. Write a list."

Read = tuple[Any, str | None]
"""What was read, and in words what was strange about how it was written."""


def read_fact(fact: Fact, value: Any) -> Read:
    """Read a value as the type of its fact, with a note where it was written as another. Raises Unreadable."""
    if fact.type == YES_NO:
        return _yes_or_no(value)
    if fact.type == NUMBER:
        return _number(value)
    return _words(fact, value) if fact.type == WORDS else _word(fact, value)


def is_number(value: Any) -> bool:
    """Tell whether a value is a number that can stand for a text, such as an id."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LONGEST_NUMBER


def _yes_or_no(value: Any) -> Read:
    if isinstance(value, bool):
        return value, None
    if not isinstance(value, str) and not is_number(value):
        raise Unreadable("Write true or false.")
    return read_yes_no(str(value)), AS_YES_NO


def _number(value: Any) -> Read:
    note = None
    if isinstance(value, str):
        try:
            value, note = float(value), AS_NUMBER
        except ValueError:
            value = None
    if isinstance(value, bool) or not isinstance(value, int | float) or not _can_be_counted(value):
        raise Unreadable("Write a number that is not less than 0.")
    return (int(value) if float(value).is_integer() else value), note


def _can_be_counted(value: float) -> bool:
    try:
        return isfinite(value) and value >= 0
    except OverflowError:
        return False


def _words(fact: Fact, value: Any) -> Read:
    if not isinstance(value, list):
        word, _ = _word(fact, value)
        return (word,), AS_LIST
    read = [_word(fact, item) for item in value]
    return tuple(word for word, _ in read), next((note for _, note in read if note), None)


def _word(fact: Fact, value: Any) -> Read:
    if not isinstance(value, str) and not is_number(value):
        raise Unreadable("Write text.")
    text = str(value).strip()
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"Write at most {LONGEST_TEXT} characters.")
    note = None if isinstance(value, str) else AS_TEXT
    if not fact.allowed:
        return text, note
    found = next((word for word in fact.allowed if word.casefold() == text.casefold()), None)
    if found is None:
        raise Unreadable(f"Write one of: {', '.join(fact.allowed)}.")
    return found, note
