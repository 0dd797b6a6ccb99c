"""Days, instants and stretches of time in the words in which people read them.

A day and an instant stay different things: "3 May 2026" is a day, "3 May 2026, 11:15pm" an instant. Nothing here
reads the clock; what is relative is relative to the `at` that is passed in.
"""

from datetime import date, datetime, timedelta

from sightline.domain.vocabulary.moment import LONDON, Moment, day_of, is_day, last_instant

MINUTE, HOUR, DAY = 60, 3600, 86400


def day_in_words(moment: Moment) -> str:
    """Say the day: "3 May 2026", in the United Kingdom's time."""
    day = day_of(moment)
    return f"{day.day} {day:%B} {day.year}"


def clock_in_words(instant: datetime) -> str:
    """Say the time of day: "11:15pm"; in the hour that comes twice in October, which of the two it is."""
    local = instant.astimezone(LONDON)
    words = f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{words} {local:%Z}" if twice else words


def moment_in_words(moment: Moment) -> str:
    """Say a day or an instant as what it is."""
    if isinstance(moment, datetime):
        return f"{day_in_words(moment)}, {clock_in_words(moment)}"
    return day_in_words(moment)


def length_in_words(length: timedelta) -> str:
    """Say a stretch of time in its largest whole unit: "25 minutes", "3 hours", "2 days"; never less than a minute."""
    seconds = abs(length.total_seconds())
    if seconds < HOUR:
        return counted(max(1, int(seconds // MINUTE)), "minute")
    if seconds < DAY:
        return counted(int(seconds // HOUR), "hour")
    days = int(seconds // DAY)
    if days < 21:
        return counted(days, "day")
    if days < 90:
        return counted(days // 7, "week")
    return counted(days // 30, "month") if days < 730 else counted(days // 365, "year")


def span_in_words(length: timedelta) -> str:
    """Say a stretch of time to the minute: "14 minutes", "3 hours 12 minutes", "2 days 4 hours"."""
    seconds = int(abs(length.total_seconds()))
    parts = ((seconds // DAY, "day"), (seconds % DAY // HOUR, "hour"), (seconds % HOUR // MINUTE, "minute"))
    largest = next((place for place, (number, _) in enumerate(parts) if number), 2)
    return " ".join(counted(number, word) for number, word in parts[largest:largest + 2] if number) or "0 minutes"


def age_in_words(moment: Moment, at: datetime) -> str:
    """Say how far a moment lies from `at`: "2 days ago", "in 3 hours", "yesterday", "just now"."""
    if not isinstance(moment, datetime):
        return _days_apart(moment, day_of(at))
    apart = moment - at
    if abs(apart) < timedelta(minutes=1):
        return "just now"
    return f"in {length_in_words(apart)}" if apart > timedelta() else f"{length_in_words(apart)} ago"


def _days_apart(day: date, today: date) -> str:
    apart = (day - today).days
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}
    if apart in near:
        return near[apart]
    words = length_in_words(timedelta(days=apart))
    return f"in {words}" if apart > 0 else f"{words} ago"


def limit_in_words(due_at: Moment | None, at: datetime) -> str:
    """Say how a limit stands: "due in 3 hours", "late by 2 days", "due today"; a day is due until it ends."""
    if due_at is None:
        return "no limit in law"
    ends = last_instant(due_at)
    if ends <= at:
        return f"late by {length_in_words(at - ends)}"
    if is_day(due_at):
        return f"due {_days_apart(day_of(due_at), day_of(at))}"
    return f"due in {length_in_words(ends - at)}"


def counted(number: int, word: str, plural: str | None = None) -> str:
    """Say a number with its word: "1 day", "2 days", "1,204 children" with a plural that was given."""
    return f"{number:,} {word if number == 1 else plural or word + 's'}"
