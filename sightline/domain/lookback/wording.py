"""What a look back says in sentences: the difference that telling each other makes, and how late somebody acted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sightline.domain.duties.standing import met_late
from sightline.domain.lookback.looking_back import LookBack, Sight
from sightline.domain.lookback.replaying import DutyTurned, SignShown, Turn
from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.wording import listed, when
from sightline.domain.vocabulary.moment import Moment, day_of, first_instant, is_day

AS_IT_HAPPENED = ("Had the agencies told each other everything as it happened, {signs} could have been seen{first}.")
NOT_SAFE = ("No warning sign could have been seen in what agencies told, even together. That is no proof of safety: it "
            "covers only what they told.")
ENDS = {Turn.MET: "met in time", Turn.LATE: "late and not met", Turn.MISSED: "missed for good",
        Turn.STARTED: "still within the time", Turn.ENDED: "no longer owed"}
MET_LATE = "met late"
ALONE_REPLAYED = (
    f"Only this child's own records are replayed. What rests on other children's records "
    f"({listed([rule.code for rule in RULES if rule.upon_circle])}), on what waited in Sightline's own books "
    f"({listed([rule.code for rule in RULES if rule.of_ours])}) or on a local sign is read less fully here, or not.")
NOBODY = ("No agency recorded a recognition: no referral, strategy discussion, enquiry, conference or police "
          "protection, and no decision about a sign.")


def sentences(back: LookBack) -> tuple[str, ...]:
    """Say what the look back found: together and alone, when told, first recognised, and what was owed."""
    return (*_seen(back), _recognised(back), *_owed(back), ALONE_REPLAYED)


def _seen(back: LookBack) -> Iterator[str]:
    seen = [sight.together for sight in back.sights if sight.together is not None]
    if not seen:
        yield NOT_SAFE
        return
    first = seen[0]
    yield AS_IT_HAPPENED.format(signs=_counted(len(seen), "warning sign"), first=(
        f", the first {when(first.seen)}: {first.sign.title} ({first.sign.code})"))
    yield difference(back.sights)
    told = min((s.told for s in back.sights if s.together and s.told), key=lambda s: s.seen_from, default=None)
    if told is None:
        yield "Sightline was never told enough to show one of them."
    else:
        yield (f"By what it had been told, Sightline could show the first of them {when(told.seen)}"
               f"{_later(first, told)}.")


def difference(sights: Iterable[Sight]) -> str:
    """Say in one sentence which signs no agency could have seen alone, and which only later."""
    seen = [(sight, sight.together) for sight in sights if sight.together is not None]
    never = [sight.sign.code for sight, _ in seen if sight.first_alone is None]
    later = [sight.sign.code for sight, together in seen
             if sight.first_alone and sight.first_alone[0].seen_from > together.seen_from]
    if not never and not later:
        return "Each of them could have been seen as early by one agency alone."
    parts = [f"{_which(never, len(seen))} could have been seen by no agency alone ({listed(never)})" if never else "",
             f"{_which(later, len(seen))} could have been seen by one agency alone only later ({listed(later)})"
             if later else ""]
    return f"{'; '.join(part for part in parts if part)}."


def _which(codes: list[str], all_: int) -> str:
    return ("It" if all_ == 1 else "All of them") if len(codes) == all_ else f"{len(codes)} of them"


def _recognised(back: LookBack) -> str:
    if not back.recognitions:
        return NOBODY
    first = back.recognitions[0]
    said = f"The first recognition that an agency recorded: {first.words}, by {first.by}, {when(first.at)}"
    seen = min((sight.together.seen_from for sight in back.sights if sight.together), default=None)
    if seen is None:
        return f"{said}."
    if first_instant(first.at) < seen:
        return f"{said}, before the first sign could have been seen."
    return f"{said}, {apart(seen, first.at)} the first sign could have been seen."


def _owed(back: LookBack) -> Iterator[str]:
    duties = back.replayed.duties()
    if not duties:
        yield "Nothing was owed by these entries."
        return
    ends = Counter(outcome(last) for _, last in duties)
    told = [f"{ends[words]} {words}" for words in (*ENDS.values(), MET_LATE) if ends[words]]
    yield f"{_counted(len(duties), 'duty', 'duties')} began: {listed(told)}."


def outcome(last: DutyTurned) -> str:
    """Say in words what became of a duty, by its last turn."""
    return MET_LATE if last.turn is Turn.MET and met_late(last.duty) else ENDS[last.turn]


def apart(earlier: datetime, later: Moment) -> str:
    """Say how long after an instant something was, in whole days, else hours or minutes, with the word after."""
    gap = first_instant(later) - earlier
    if gap < timedelta(minutes=1):
        return "the moment"
    if gap >= timedelta(days=1):
        return f"{_counted(gap.days, 'day')} after"
    hours = int(gap / timedelta(hours=1))
    return f"{_counted(hours, 'hour') if hours else _counted(int(gap / timedelta(minutes=1)), 'minute')} after"


def seen_when(one: SignShown | None) -> str:
    """Say when a sign could be seen, or never."""
    return "never" if one is None else when(one.seen)


def _later(first: SignShown, told: SignShown) -> str:
    """Say how much later; in days, where only the day is known of the first."""
    if is_day(first.seen):
        days = (day_of(told.seen) - day_of(first.seen)).days
        return f", {_counted(days, 'day')} later" if days else ", on the same day"
    gap = apart(first.seen_from, told.seen_from).removesuffix(" after")
    return "" if told.seen_from - first.seen_from < timedelta(minutes=1) else f", {gap} later"


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
