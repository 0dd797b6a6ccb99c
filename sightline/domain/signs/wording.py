"""How moments and small numbers are written in the reasons of signs."""

from datetime import date, datetime

from sightline.domain.vocabulary.moment import LONDON, Moment

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def when(moment: Moment) -> str:
    """Write a moment in United Kingdom time, and say so where only the day is known."""
    if isinstance(moment, datetime):
        local = moment.astimezone(LONDON)
        return f"on {day_in_words(local)} at {local.hour:02}:{local.minute:02}"
    return f"on {day_in_words(moment)} (only the day is known)"


def day_in_words(day: date) -> str:
    """Write a day as people do: 4 November 2019."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def ordinal(number: int) -> str:
    """Write first to tenth in words, then in figures with their ending."""
    if number < len(ORDINALS):
        return ORDINALS[number]
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def listed(words: list[str]) -> str:
    """Join words as a sentence does: a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
