"""Turn what the queries give into what the parts of a page show."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from sightline.apps.access.acting import Acting
from sightline.apps.access.queries import Around
from sightline.apps.duties.queries import DutyFacts
from sightline.apps.intake.listening import SilentFeed
from sightline.apps.people.queries import Held, Said, best_name
from sightline.apps.record.queries import Told
from sightline.apps.signs.queries import SignFacts
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.duties.catalogue import rules_of
from sightline.domain.duties.rule import Basis
from sightline.domain.signs.catalogue import BY_CODE
from sightline.domain.signs.rule import SEEN
from sightline.domain.signs.vulnerabilities import Vulnerability
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.moment import day_of
from sightline.interfaces.web.absence import Withheld
from sightline.interfaces.web.child.beside import beside
from sightline.interfaces.web.child.words import fact_words, label
from sightline.interfaces.web.moments import moment_in_words
from sightline.interfaces.web.rules.linking import linked
from sightline.interfaces.web.shown import ChildShown, DutyShown, EntryShown, Link, OwnerShown, SignShown
from sightline.interfaces.web.silent.words import feed_title

FIELD_WORDS = {
    "care": "Social care", "charity": "Charity", "child": "About the child", "decision": "Decision", "health": "Health",
    "missing": "Missing", "notice": "Notice", "observed": "Seen by a person", "offer": "Support", "police": "Police",
    "rail": "Railway", "record": "Record", "school": "School", "slavery": "Modern slavery",
}
ABOUT = ("about", "duty")
ENTRIES_NAMED = 3
"""Entries named of each vulnerability; how many more there are is said."""
NO_OTHERS: Mapping[str, Entry] = {}
UUID_SHAPE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
AUTHORITY = {
    "council that holds the protection plan": "Procedures on moving across boundaries: until the conference of another "
                                              "council accepts the plan",
}
WHOLE = ("council that looks after the child", "council that holds the protection plan",
         "council where the child lives")


def entry_shown(
    entry: Entry, told: Told | None = None, *, files_of: int | None = None, others: Mapping[str, Entry] = NO_OTHERS,
    since: datetime | None = None,
) -> EntryShown:
    """Show one entry, with who told it, when it became known and what became of it.

    `others` holds by id the entries about which it may be; `since` is when the viewer last looked.
    """
    placed = entry.place is not None and bool(entry.place.council or entry.place.postcode)
    details: list[tuple[str, object]] = [
        (label(key), _fact_shown(entry.kind, key, value, others))
        for key, value in entry.facts.items() if key != "withdraws" and not (placed and key == "postcode")]
    if placed and entry.place is not None:
        details.append(("Place", ", ".join(part for part in (entry.place.council, entry.place.postcode) if part)))
    if entry.people:
        details.append(("With", [f"{p.role or 'somebody'}{f', aged {p.age}' if p.age is not None else ''}"
                                 for p in entry.people]))
    if told is not None and told.officer:
        details.append(("Recorded by", told.officer))
    if told is not None and told.detail_held:
        details.append(("Detail", Withheld("the police hold it: ask them")))
    withdrawn = None
    if told is not None and told.withdrawn:
        withdrawn = "the agency that told it withdrew it."
    elif told is not None and told.corrected:
        withdrawn = "the agency that told it has corrected it since."
    return EntryShown(
        anchor=anchor(entry.id) if withdrawn is None else f"{anchor(entry.id)}-{told and told.recorded_at.timestamp()}",
        what=_title(entry), field=FIELD_WORDS.get(field_of(entry), "Other"), at=entry.at,
        until=entry.until, told_by=entry.by, known_at=told.recorded_at if told else entry.recorded_at,
        sure=_sure(entry), details=tuple(details), withdrawn=withdrawn,
        source=_source(told, files_of) if told is not None else None,
        new=since is not None and told is not None and told.recorded_at > since)


def entries_shown(
    told: Sequence[Told], *, files_of: int | None = None, decides_about: UUID | None = None, shares: bool = False,
    withdraws: tuple[UUID, UUID] | None = None, since: datetime | None = None,
) -> list[EntryShown]:
    """Show entries, newest first; a home, birthday or special educational need told again unchanged stands once.

    `files_of` is the agency whose files the reader may open; `decides_about` the child of whom the reader may decide;
    `shares` whether that may share an entry; `withdraws` that child and the officer, who may withdraw own signs;
    `since` is when the viewer last looked.
    """
    shown: list[EntryShown] = []
    again: dict[tuple[str, object], int] = {}
    others = {t.entry.id: t.entry for t in told}
    for one in reversed(told):
        entry = one.entry
        if entry.kind in TOLD_AGAIN and not one.withdrawn and not one.corrected:
            same = (entry.kind, _what_is_told_again(entry))
            if same in again:
                first = shown[again[same]]
                note = ("Told again", f"by {entry.by}, for {moment_in_words(entry.at)}")
                shown[again[same]] = replace(
                    first, details=(*(d for d in first.details if d[0] != "Told again"), note))
                continue
            if entry.facts.get("provision"):
                again = {key: place for key, place in again.items() if key[0] != entry.kind}
            again[same] = len(shown)
        made = entry_shown(entry, one, files_of=files_of, others=others, since=since)
        if decides_about is not None and made.withdrawn is None and entry.kind != "decision.made":
            made = replace(made, act=Link("Decide about this, or share it" if shares else "Decide about this",
                                          f"{reverse('decide', args=[decides_about])}?about={entry.id}"))
        if withdraws is not None and made.withdrawn is None and (entry.kind, one.officer_id) == (SEEN, withdraws[1]):
            address = reverse("withdraw_sign", args=[withdraws[0], entry.id])
            made = replace(made, undo=Link("Withdraw this, which you recorded", address))
        shown.append(made)
    return shown[::-1]


def by_month(entries: Iterable[EntryShown]) -> list[tuple[str, list[EntryShown]]]:
    """Put entries that stand newest first under the months in which they were."""
    months: dict[str, list[EntryShown]] = {}
    for entry in entries:
        months.setdefault(f"{day_of(entry.at):%B %Y}", []).append(entry)
    return list(months.items())


def about_words(about: str, others: Mapping[str, Entry]) -> str:
    """Say what a decision or a notice is about: an entry of the child, a duty by its name, else as it was told."""
    code, _, started_by = about.partition(":")
    entry, rules = others.get(about) or others.get(started_by), rules_of(code)
    what = entry and f"{_title(entry)}, {moment_in_words(entry.at)}"
    if rules:
        return f"{rules[-1].title} ({code})" + (f", for: {what}" if what else "")
    return what or ("An entry that is not shown here" if UUID_SHAPE.fullmatch(about) else about)


def field_of(entry: Entry) -> str:
    """Give the field of work of an entry: the first word of its kind."""
    return entry.kind.partition(".")[0]


TOLD_AGAIN = ("child.home", "child.born", "school.need")


def _what_is_told_again(entry: Entry) -> object:
    """Give what must be the same for an entry to have been told again unchanged."""
    if entry.kind == "school.need":
        return entry.facts.get("provision"), entry.facts.get("type")
    return entry.place.postcode if entry.place else entry.at


def anchor(entry_id: str) -> str:
    """Give the place on the page where an entry stands."""
    return f"entry-{entry_id}"


def sign_shown(sign: SignFacts, *, on_page: frozenset[str], may_close: bool, at: datetime | None = None) -> SignShown:
    """Show one sign; its reasons lead to the entries, on this page or further down the timeline.

    `at` is given where everything that is known beside it is to be shown as well.
    """
    child = reverse("child", args=[sign.person])

    def to_entry(id_: str, words: str) -> Link:
        return Link(words, f"#{anchor(id_)}" if id_ in on_page else f"{child}?all=1#{anchor(id_)}")

    opened = may_close and sign.closed is None
    keep = Link("Review it, and keep it for longer", reverse("keep_sign", args=[sign.id])) if opened else None
    return SignShown(
        anchor=f"sign-{sign.code}", code=sign.code, title=sign.title, family=sign.family, critical=sign.critical,
        reasons=tuple(to_entry(id_, words) for id_, words in zip(sign.because, sign.reasons, strict=True)),
        first_at=sign.first_at, last_at=sign.last_at, source=sign.source, edition=sign.edition,
        verified=sign.verified, duties=duties_of_sign(sign.code),
        act=Link("Close this sign with a reason", reverse("close", args=[sign.id])) if opened else None,
        beside=None if at is None else beside(
            sign, against=tuple(to_entry(id_, words) for id_, words in sign.against), keep=keep, at=at))


def duties_of_sign(code: str) -> tuple[str, ...]:
    """Give the codes of the duties that go with a sign; of an earlier edition's sign there are none."""
    rule = BY_CODE.get(code)
    return rule.duties if rule else ()


def vulnerable_rows(
    found: Iterable[Vulnerability], *, person: UUID, on_page: Set[str]
) -> list[tuple[str, list[Link], int]]:
    """Show vulnerabilities: each in words, links to its newest entries, and how many more there are."""
    child = reverse("child", args=[person])
    return [(one.words, [
        Link(f"{_title(e)}, {moment_in_words(e.at)}", f"{'' if e.id in on_page else f'{child}?all=1'}#{anchor(e.id)}")
        for e in one.entries[:ENTRIES_NAMED]], max(len(one.entries) - ENTRIES_NAMED, 0)) for one in found]


def duty_shown(
    duty: DutyFacts, *, viewer: UUID, child: Link | None = None, act: Link | None = None, take: str = ""
) -> DutyShown:
    """Show one duty with its clock, by the name that the rule book gives it."""
    rules = rules_of(duty.code)
    return DutyShown(
        anchor=f"duty-{duty.id}", title=duty_title(duty), what=duty.what,
        owed_by=duty.owed_by, owed_to=duty.owed_to, desk=_desk(duty, viewer), state=duty.state,
        due_at=duty.due_at, local_target_at=duty.local_target_at,
        basis=BASIS_WORDS[rules[-1].basis] if rules else "An earlier edition of the rule book",
        authority=duty.authority, verified=duty.verified, child=child, met_at=duty.met_at, estimated=duty.estimated,
        act=act, take=take, put_off_until=duty.put_off_until, code=duty.code)


def duty_row(duty: DutyFacts, acting: Acting, *, child: Link | None = None) -> DutyShown:
    """Show a duty in a list, with what the officer may do about it."""
    ours = duty.state in ("open", "late") and duty.owed_by_id == acting.agency
    act = "Act" if ours and may(acting.role, Verb.DECIDE) else "See it"
    return duty_shown(
        duty, viewer=acting.officer, child=child, act=Link(act, reverse("duty", args=[duty.id])),
        take=reverse("take", args=[duty.id])
        if ours and _free(duty, acting.officer) and may(acting.role, Verb.ACKNOWLEDGE) else "")


def _free(duty: DutyFacts, viewer: UUID) -> bool:
    """Tell whether one click takes a duty on: nobody has, or it was given to the viewer, who has not yet."""
    return duty.officer is None or (duty.officer == viewer and duty.acknowledged_at is None)


def duty_title(duty: DutyFacts) -> str:
    """Give the few words by which the rule book names a duty."""
    rules = rules_of(duty.code)
    return rules[-1].title if rules else duty.what


BASIS_WORDS = {Basis.LAW: "Law", Basis.GUIDANCE: "Guidance", Basis.LOCAL: "Our own target, no law"}


def _desk(duty: DutyFacts, viewer: UUID) -> str:
    """Say who sees to a duty: whoever took it on, else the desk on which it lies."""
    watching = f" of {duty.watcher}, which watches over it" if duty.watcher else ""
    if duty.officer is not None and duty.acknowledged_at is None:
        return (f"Given to {'you' if duty.officer == viewer else duty.officer_name}{watching}; "
                f"{'you have' if duty.officer == viewer else 'who has'} not taken it on yet")
    if duty.officer is not None:
        return "You have taken it on" if duty.officer == viewer else f"{duty.officer_name} has taken it on"
    return f"On the desk of {duty.owner}{watching}; nobody has taken it on yet"


def child_shown(said: Sequence[Said], entries: Iterable[Told], *, on: date, whole: bool) -> ChildShown:
    """Show who the child is: the newest words, and where the newest telling places the child.

    Who does not see the `whole` record is told that the rest is withheld, not that nobody knows it.
    """
    silent = None if whole else Withheld("part of the whole record")
    name = best_name(said)
    born = next((s.born_on for s in said if s.born_on), None)
    others = sorted({s.name for s in said if s.name and s.name.lower() != (name or "").lower()})
    placed = next((t for t in entries if t.entry.place and t.entry.place.council and not t.withdrawn), None)
    home = next((t for t in entries if t.entry.kind == "child.home" and t.entry.place and not t.withdrawn), None)
    identifiers: dict[str, str] = {}
    for words in said:
        for kind, value in words.identifiers.items():
            identifiers.setdefault(kind.upper(), value)
    return ChildShown(
        name=name, born_on=born, age=_age(born, on), lives_in=_council(home) or silent,
        where_now=_council(placed) or silent,
        where_known_at=placed.recorded_at if placed else None,
        identifiers=(*identifiers.items(), *((("Also recorded as", others),) if others else ())))


def owner_shown(council: Held | None, ringing: Around | None, told: Sequence[Told]) -> OwnerShown | None:
    """Show which council is responsible, by which part, whom to ring, who told what that rests on, and when."""
    if council is None or ringing is None:
        return None
    worker, home = _newest(told, "care.worker"), _newest(told, "child.home")
    desk, night = ringing.desks.get("safeguarding"), ringing.desks.get("out-of-hours")
    return OwnerShown(
        agency=council.agency, person=desk and f"{desk.name}, {desk.job}", phone=desk and desk.phone,
        out_of_hours=night and f"{night.name}, {night.phone}", since=council.since, rule=council.part.capitalize(),
        authority=AUTHORITY.get(council.part, "Children Act 1989, section 47: the council where the child lives or is "
                                              "found"),
        known_at=home.recorded_at if home else council.since, told_by=home.entry.by if home else "",
        others=(("Social worker", worker.entry.facts.get("worker") if worker else None),))


def _newest(told: Iterable[Told], kind: str) -> Told | None:
    return next((t for t in told if t.entry.kind == kind and not t.withdrawn and not t.corrected), None)


def _title(entry: Entry) -> str:
    kind = KINDS.get(entry.kind)
    return kind.title if kind else entry.kind


def _fact_shown(kind: str, key: str, value: object, others: Mapping[str, Entry]) -> object:
    if key in ABOUT:
        return linked(about_words(str(value), others))
    if kind == SEEN and key == "sign" and value in BY_CODE:
        return linked(f"{BY_CODE[str(value)].title} ({value})")
    return fact_words(kind, key, value)


def _sure(entry: Entry) -> str:
    return f"graded {entry.grade} by who told it" if entry.grade else "as they told it, not checked by us"


def _source(told: Told, files_of: int | None) -> Link | str | None:
    """Say where an entry stood in whose file; a link where the reader may open it."""
    if told.submission is None:
        return None
    words = f"Row {told.row} of their file"
    return Link(words, reverse("submission", args=[told.submission])) if told.agency == files_of else words


def _council(told: Told | None) -> str | None:
    return told.entry.place.council if told and told.entry.place else None


def _age(born: date | None, on: date) -> object:
    if born is None:
        return None
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return f"{years} years old"


def said_rows(said: Sequence[Said]) -> list[tuple[object, ...]]:
    """Show what each agency says of the child, as rows of a table."""
    return [(s.agency, s.name, s.born_on, s.postcode, moment_in_words(s.told_at)) for s in said]


def never_answered(around: Iterable[tuple[int, str]], parts: Sequence[Held]) -> list[tuple[int, str]]:
    """List the agencies around the child's council that have told nothing of the child."""
    told = {p.agency_id for p in parts if p.part == "told us about the child"}
    return [(id_, name) for id_, name in around if id_ not in told]


def around_child(around: Around | None, parts: Sequence[Held]) -> set[int]:
    """Give the agencies that could tell something of the child: who has a part, and who works around the council."""
    return {p.agency_id for p in parts} | {id_ for id_, _ in (around.agencies if around else ())}


def fallen_silent(feeds: Iterable[SilentFeed]) -> list[str]:
    """Say of each feed around the child that is silent who has told nothing, and since when."""
    return [f"{one.agency_name} has told nothing since {moment_in_words(one.last_at)}: {feed_title(one.feed)}"
            for one in feeds]
