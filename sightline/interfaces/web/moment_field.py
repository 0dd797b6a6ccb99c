"""Ask when something was, as people know it: a day in three boxes, and the time of day where it is known.

A day without a time stays a day: it is not midnight. Nobody needs a calendar that pops up, nor a script.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from django import forms

from sightline.domain.intake.values import EARLIEST_YEAR, LATEST_YEAR
from sightline.domain.vocabulary.moment import LONDON, Moment
from sightline.interfaces.web.moments import clock_in_words

TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.h ]?(?P<minute>\d{2}))? ?(?P<half>am|pm)?(?: (?P<zone>gmt|bst))?", re.ASCII)
NOT_A_TIME = "Enter the time as 14:30 or 2:30pm, or leave it empty where only the day is known"
NOT_ON_THE_CLOCK = "The clocks went forward over this time. Enter a time before 1am or from 2am"


class MomentWidget(forms.MultiWidget):
    """Ask for day, month, year and time in four boxes."""

    parts = ("day", "month", "year", "time")

    def __init__(self) -> None:
        super().__init__({part: forms.TextInput() for part in self.parts})

    def decompress(self, value: object) -> list[str]:
        """Split a moment into what stands in the boxes."""
        local = value.astimezone(LONDON) if isinstance(value, datetime) else value
        if not isinstance(local, date):
            return ["", "", "", ""]
        clock = clock_in_words(local) if isinstance(local, datetime) else ""
        return [str(local.day), str(local.month), str(local.year), clock]


class MomentField(forms.MultiValueField):
    """Hold a day, or an instant where a time is told; what is neither is refused in words that say what to enter."""

    widget = MomentWidget

    def __init__(self, *, label: str, help_text: str = "The time may be left empty", required: bool = True) -> None:
        super().__init__(
            fields=[forms.CharField(max_length=4, required=True) for _ in MomentWidget.parts[:3]]
            + [forms.CharField(max_length=12, required=False)],
            label=label, help_text=help_text, required=required, require_all_fields=False,
            error_messages={"required": f"{label} Enter a day, a month and a year",
                            "incomplete": f"{label} Enter a day, a month and a year"})

    def compress(self, data_list: Sequence[str]) -> Moment | None:
        """Join the boxes into a day or an instant, or say what is wrong."""
        if not data_list:
            return None
        try:
            day, month, year = (int(part) for part in data_list[:3])
            on = date(year if EARLIEST_YEAR <= year <= LATEST_YEAR else 0, month, day)
        except ValueError:
            raise forms.ValidationError("Enter a real day, such as 27 3 2026") from None
        text = data_list[3].strip().lower()
        return _instant(on, text) if text else on


def _instant(on: date, text: str) -> datetime:
    """Put a time of day to a day; in the hour that comes twice in October the first is meant unless it says GMT."""
    told = TIME.fullmatch(text)
    hour = int(told["hour"]) if told else 99
    minute = int(told["minute"] or 0) if told else 0
    if told and told["half"]:
        hour = hour % 12 + (12 if told["half"] == "pm" else 0) if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59:
        raise forms.ValidationError(NOT_A_TIME)
    instant = datetime.combine(on, time(hour, minute, fold=1 if told and told["zone"] == "gmt" else 0), LONDON)
    if datetime.fromtimestamp(instant.timestamp(), LONDON).hour != hour:
        raise forms.ValidationError(NOT_ON_THE_CLOCK)
    return instant.astimezone(UTC)
