"""What an officer may already know of a child in custody: signs and facts in words, each with where it comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sightline.apps.custody.screening import SignSeen
from sightline.apps.record.queries import Told, told_of
from sightline.apps.signs.queries import SignFacts, signs_in_sight
from sightline.domain.custody.charging import Referral
from sightline.interfaces.web.child.showing import entry_shown, sign_shown
from sightline.interfaces.web.moments import moment_in_words
from sightline.interfaces.web.shown import EntryShown, SignShown

LOOKED_THROUGH = 200
MOST_FACTS = 12
TELLING = ("missing.", "police.", "rail.", "slavery.", "school.exclusion", "school.provision", "care.looked-after",
           "care.placement", "care.referral", "care.assessment", "health.attendance", "charity.contact")
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

    signs: Sequence[SignFacts]
    facts: Sequence[Told]

    def signs_shown(self) -> list[SignShown]:
        """Give the signs for the page; their reasons lead to the entries on it, or to the child's page."""
        on_page = frozenset(one.entry.id for one in self.facts)
        return [sign_shown(one, on_page=on_page, may_close=False) for one in self.signs]

    def facts_shown(self) -> list[EntryShown]:
        """Give the entries for the page."""
        return [entry_shown(one.entry, one) for one in self.facts]

    def signs_seen(self) -> list[SignSeen]:
        """Give the signs as a decision keeps them."""
        return [SignSeen(one.code, one.title, one.reasons, one.because) for one in self.signs]

    def facts_seen(self) -> list[tuple[str, str]]:
        """Give the entries as a decision keeps them: id and words."""
        return [(one.entry.id, in_words(one)) for one in self.facts]


def known_of(person: UUID) -> KnownOfChild:
    """Ask what the officer at work may know of a child: every open sign for who sees the whole record."""
    return KnownOfChild(signs_in_sight(person), facts_among(told_of(person, most=LOOKED_THROUGH)))


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
