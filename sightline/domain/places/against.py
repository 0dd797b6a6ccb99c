"""Say in words what speaks against a hypothesis about a place: chance, one incident, how records came."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from sightline.domain.places.firsts import FirstSign
from sightline.domain.places.groups import WITHIN_DAYS, YEAR_DAYS, Group, is_usual, usual
from sightline.domain.signs.wording import day_in_words

NO_CAUSE = ("That these signs came after an arrival does not say that they came from it. Most children who change "
            "school after an exclusion draw nobody into anything.")
ONE_FILE_DAYS = 14
"""Signs that we came to know so long after they showed may have come in one late file (our own choice)."""


def speaks_against(group: Group, firsts: Sequence[FirstSign], *, told_since: date) -> tuple[str, ...]:
    """Give what a person must weigh, the base rate first.

    `firsts` are the first signs of the group, `told_since` is the oldest day at this school of which anything is told.
    """
    return (*_base_rate(group, told_since), *_together(firsts), *_late(firsts), NO_CAUSE)


def _base_rate(group: Group, told_since: date) -> list[str]:
    before = group.year_before
    pupils = "One pupil" if before == 1 else f"{before} pupils"
    said = [f"{pupils} of this school showed first signs in the year before: {usual(before):.1f} in {WITHIN_DAYS} days."
            + (" So many as now are not unusual here." if is_usual(group.people, before) else "")]
    if before == 0:
        said = ["No pupil of this school is known to have shown a first sign in the year before."]
    if told_since > group.from_on - timedelta(days=YEAR_DAYS):
        said.append(f"We hold nothing of this school from before {day_in_words(told_since)}, so the year before is "
                    "known in part only, and there may have been more first signs in it.")
    return said


def _together(firsts: Sequence[FirstSign]) -> list[str]:
    said = []
    ((day, on_it),) = Counter(first.on for first in firsts).most_common(1)
    if on_it > 1:
        said.append(f"{_of(on_it, firsts)} showed on one day, {day_in_words(day)}: it may be one incident, or one day "
                    "on which the school dealt with several pupils.")
    if len({first.code for first in firsts}) == 1:
        said.append("All are of one kind: it may be that the school or the police began to report them, not that they "
                    "began to happen.")
    return said


def _late(firsts: Sequence[FirstSign]) -> list[str]:
    late = sum(first.known_at.date() - first.on > timedelta(days=ONE_FILE_DAYS) for first in firsts)
    words = (f"{_of(late, firsts)} became known to Sightline more than {ONE_FILE_DAYS} days after: records may have "
             "come together that did not happen together.")
    return [words] if late > 1 else []


def _of(number: int, firsts: Sequence[FirstSign]) -> str:
    return f"All {number}" if number == len(firsts) else f"{number} of the {len(firsts)}"
