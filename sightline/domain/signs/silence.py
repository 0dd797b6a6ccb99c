"""Find what should have followed and did not: the pattern of all signs of failure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from sightline.domain.signs.finding import Evidence, Finding, Says
from sightline.domain.signs.gaps import earliest, later_by, latest
from sightline.domain.vocabulary.entry import Entry


def unanswered(
    asks: Iterable[Evidence], *, wait: timedelta, answers: Sequence[Entry], answered: Says,
) -> Iterator[Finding]:
    """Find what none of the answers followed in time: from the moment the wait is over.

    Where only days are known, the wait begins at the end of the day, and an answer is in time if it can have been. The
    first answer that came late is told with it, in the words of `answered`.
    """
    told_by = [latest(answer.at) for answer in answers]
    first = 0
    for ask in sorted(asks, key=lambda ask: earliest(ask.moment)):
        while first < len(answers) and told_by[first] < earliest(ask.moment):
            first += 1
        over_at = later_by(ask.moment, wait)
        if first == len(answers):
            yield Finding(over_at, [ask])
        elif earliest(answers[first].at) > over_at:
            yield Finding(over_at, [ask, Evidence(answers[first], answered)], answered=True)
