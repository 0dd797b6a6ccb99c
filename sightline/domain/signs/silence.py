"""Find what should have followed and did not: the pattern of all signs of failure."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sightline.domain.signs.finding import Evidence, Finding, Says
from sightline.domain.signs.gaps import earliest, later_by, may_follow
from sightline.domain.vocabulary.entry import Entry


def unanswered(asks: Evidence, *, wait: timedelta, answers: Sequence[Entry], answered: Says) -> Iterator[Finding]:
    """Find that none of the answers followed in time: from the moment the wait is over.

    Where only days are known, the wait begins at the end of the day, and an answer is in time if it can have been. The
    first answer that came late is told with it, in the words of `answered`.
    """
    over_at = later_by(asks.moment, wait)
    after = [answer for answer in answers if may_follow(answer.at, asks.moment)]
    if not after or earliest(after[0].at) > over_at:
        late = [Evidence(answer, answered) for answer in after[:1]]
        yield Finding(over_at, [asks, *late], answered=bool(late))
