"""What an officer may already know of a child in custody: signs and facts in words, each with where it comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sightline.apps.custody.screening import SignSeen
from sightline.apps.record.queries import WITHDRAWN, Told, told_of
from sightline.apps.signs.queries import SignFacts, signs_in_sight
from sightline.domain.custody.charging import Referral
from sightline.domain.signs.reading import read
from sightline.domain.vocabulary.sign import Family, Sign
from sightline.domain.vocabulary.timeline import Timeline
from sightline.interfaces.web.child.showing import anchor, duties_of_sign, entry_shown
from sightline.interfaces.web.moments import moment_in_words
from sightline.interfaces.web.shown import EntryShown, Link, SignShown

LOOKED_THROUGH = 200
MOST_FACTS = 12
TELLING = ("missing.", "police.", "rail.", "slavery.", "school.exclusion", "school.provision", "care.looked-after",
           "care.placement", "care.referral", "care.assessment", "health.attendance", "charity.contact", "observed.")
"""Kinds of entries that say something of exploitation; the newest are shown."""

GROUNDS = {
    ("slavery.reasonable-grounds", "positive"): Referral.REASONABLE,
    ("slavery.reasonable-grounds", "negative"): Referral.NOT_REASONABLE,
    ("slavery.conclusive-grounds", "positive"): Referral.CONCLUSIVE,
    ("slavery.conclusive-grounds", "negative"): Referral.NOT_CONCLUSIVE,
}


@dataclass(frozen=True, slots=True)
class KnownOfChild:
    """Hold the signs and the entries that the officer at work may see."""

    signs: Sequence[SignFacts | Sign]
    facts: Sequence[Told]

    def signs_shown(self, child: str) -> list[SignShown]:
        """Give the signs for the page; their reasons lead to the entries on it, or to `child`, the child's page."""
        on_page = frozenset(one.entry.id for one in self.facts)
        return [SignShown(
            anchor=f"sign-{one.code}", code=one.code, title=one.title, family=str(one.family), critical=one.critical,
            reasons=tuple(Link(words, f"#{anchor(id_)}" if id_ in on_page else f"{child}?all=1#{anchor(id_)}")
                          for id_, words in zip(one.because, one.reasons, strict=True)),
            first_at=one.first_at, last_at=one.last_at, source=one.source, edition=one.edition, verified=one.verified,
            duties=duties_of_sign(one.code))
            for one in self.signs]

    def facts_shown(self) -> list[EntryShown]:
        """Give the entries for the page."""
        return [entry_shown(one.entry, one) for one in self.facts]

    def signs_seen(self) -> list[SignSeen]:
        """Give the signs as a decision keeps them."""
        return [SignSeen(one.code, one.title, one.reasons, one.because) for one in self.signs]

    def facts_seen(self) -> list[tuple[str, str]]:
        """Give the entries as a decision keeps them: id and words."""
        return [(one.entry.id, in_words(one)) for one in self.facts]


def known_of(person: UUID, *, whole: bool, at: datetime) -> KnownOfChild:
    """Ask what the officer at work may know of a child.

    Who sees the whole record gets every open sign. Others get those that rest on entries they see alone, and what the
    entries that they see would show by themselves, but for failures of agencies: of those a part says nothing.
    """
    told, signs = told_of(person, most=LOOKED_THROUGH), signs_in_sight(person)
    found = {one.code for one in signs}
    own = [] if whole else [one for one in _by_themselves(person, told, at=at)
                            if one.code not in found and one.family is not Family.SYSTEM]
    return KnownOfChild(sorted([*signs, *own], key=lambda one: (not one.critical, one.code)), facts_among(told))


def _by_themselves(person: UUID, told: Iterable[Told], *, at: datetime) -> Sequence[Sign]:
    """Read the signs of the entries that the officer sees."""
    entries = [replace(one.entry, child=str(person)) for one in told if not one.corrected and not one.withdrawn
               and one.entry.kind != WITHDRAWN]
    return read(Timeline.of(str(person), entries), at=at).signs


def facts_among(told: Iterable[Told]) -> list[Told]:
    """Give of what was told, newest first, what may say something of exploitation and still holds."""
    return [one for one in told if one.entry.kind.startswith(TELLING) and not one.corrected
            and not one.withdrawn][:MOST_FACTS]


def in_words(one: Told) -> str:
    """Say an entry in a line: what, when, by whose word."""
    return f"{entry_shown(one.entry).what}, {moment_in_words(one.entry.at)}, told by {one.entry.by}"


def referral_told(told: Iterable[Told]) -> Referral | None:
    """Say how the National Referral Mechanism stands by the newest entry of it; None where no entry tells of it."""
    for one in told:
        if one.corrected or one.withdrawn:
            continue
        decided = GROUNDS.get((one.entry.kind, str(one.entry.facts.get("decision") or "")))
        if decided is not None:
            return decided
        if one.entry.kind == "slavery.referral":
            return Referral.REFERRED
    return None
