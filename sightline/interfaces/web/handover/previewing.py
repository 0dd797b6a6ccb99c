"""What will go in a pack, shown to the giver before anything is handed over: by the same rules, from what they see.

What is owed, who was told, whom to ring, and signs that the giver does not see are put in when the pack is made.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sightline.apps.people.queries import Said
from sightline.apps.record.queries import told_of
from sightline.apps.responsibility.packs import who_of
from sightline.apps.responsibility.queries import PackFacts
from sightline.apps.signs.queries import SignFacts, signs_of
from sightline.domain.responsibility.pack import Handover, Known, Line, pack_of
from sightline.domain.responsibility.sections import KIND_WORDS, Function, HandoverKind, Section
from sightline.domain.vocabulary.sign import Family, Sign
from sightline.interfaces.web.handover.showing import SectionShown, sections_shown, withheld_rows

MOST_ENTRIES = 2000
ADDED_LATER = (Section.SIGNS.value, Section.DUTIES.value, Section.TOLD.value, Section.CONTACTS.value)


@dataclass(frozen=True, slots=True)
class WhatGoes:
    """Hold what will go: sections that hold something, titles of those that are added or hold nothing, what stays."""

    sections: list[SectionShown]
    added: list[str]
    nothing: list[str]
    withheld: list[tuple[str, str, int]]


def what_goes(
    person: UUID, said: Sequence[Said], *, kind: HandoverKind, giver: str, receiver: str, function: Function,
    words: str, at: datetime,
) -> WhatGoes:
    """Compute what a receiver would be given, from what the giver may see and therefore give."""
    entries = [one.entry for one in told_of(person, most=MOST_ENTRIES) if not one.withdrawn and not one.corrected]
    signs = [_sign(one) for one in signs_of(person) if one.closed is None]
    why = (Line("why", "What is handed over", KIND_WORDS[kind].capitalize()), Line("asked", "What you ask", words))
    known = Known(who_of(said), entries, signs, (), {Section.WHY: why}, None, at)
    pack = pack_of(known, Handover(kind, giver, receiver, function, giver_sees_whole=True, receiver_sees_whole=False))
    kept = PackFacts(0, pack.digest, at, len(entries), None, {}, [asdict(one) for one in pack.withheld],
                     [asdict(one) for one in pack.sections])
    shown = sections_shown(kept)
    return WhatGoes(
        [one for one in shown if one.entries or any(words for _, words in one.lines)],
        [one.title for one in shown if one.title in ADDED_LATER and not one.lines],
        [one.title for one in shown if not one.entries and not one.lines and one.title not in ADDED_LATER],
        withheld_rows(kept.withheld))


def _sign(one: SignFacts) -> Sign:
    return Sign(one.code, Family(one.family), one.critical, one.title, one.because, one.reasons, one.first_at,
                one.last_at, one.edition, one.source, one.verified)
