"""Read a child's timeline: which signs are shown at an instant, why, and how soon a person must look.

A sign is found when its pattern held at some instant up to then, by what was known then. It is shown until its days
(180 unless the rule says otherwise) after its last evidence; the facts themselves stay on the timeline for ever. Each
sign rests on the findings that are still shown: `first_at` is the moment that completed the first of them, `last_at`
that of the newest evidence, and `because` names the entries of all of them, in the order in which they happened.

A person may keep a sign for longer, with a reason. A council may switch one off for its area: it is still shown, and
asks nobody.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from sightline.domain.circle.circle import NO_CIRCLE, Circle
from sightline.domain.offenders.joins import NearAdult
from sightline.domain.signs.against import speaks_against
from sightline.domain.signs.attention import Shown, trigger
from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.counting import in_order
from sightline.domain.signs.finding import Finding, Found
from sightline.domain.signs.gaps import after_days, earliest, latest
from sightline.domain.signs.kept import Said
from sightline.domain.signs.known import MOST_OF_A_KIND, Known
from sightline.domain.signs.ours import NOTHING_OURS, Ours
from sightline.domain.signs.remembering import Memory
from sightline.domain.signs.rule import Rule
from sightline.domain.vocabulary.moment import Moment
from sightline.domain.vocabulary.sign import Reading, Sign
from sightline.domain.vocabulary.timeline import Timeline

NOTHING_CLOSED: Mapping[str, Set[str]] = {}
NOTHING_SAID = Said()


class Whole(NamedTuple):
    """Hold a reading with what it was made from: what is known, and every finding that ever held, shown or not."""

    reading: Reading
    known: Known
    held: tuple[Shown, ...]


def read(
    timeline: Timeline, *, at: datetime, rules: Sequence[Rule] = RULES,
    closed: Mapping[str, Set[str]] = NOTHING_CLOSED, said: Said = NOTHING_SAID, ours: Ours = NOTHING_OURS,
    circle: Circle = NO_CIRCLE, near: Sequence[NearAdult] = (), memory: Memory | None = None,
) -> Reading:
    """Read the signs that the timeline shows at the instant, as known at the instant: `read_whole` says how."""
    return read_whole(timeline, at=at, rules=rules, closed=closed, said=said, ours=ours, circle=circle,
                      near=near, memory=memory).reading


def read_whole(
    timeline: Timeline, *, at: datetime, rules: Sequence[Rule] = RULES,
    closed: Mapping[str, Set[str]] = NOTHING_CLOSED, said: Said = NOTHING_SAID, ours: Ours = NOTHING_OURS,
    circle: Circle = NO_CIRCLE, near: Sequence[NearAdult] = (), memory: Memory | None = None,
) -> Whole:
    """Read the signs that the timeline shows at the instant, with what has ever held; as known at the instant.

    `closed` names by code the entries on which a person has closed a sign: what rests on them alone is still shown,
    but asks nobody to look again. `said` holds which signs people keep for longer, and which are switched off; `ours`
    what waits in our own books for the child; `circle` who else was met with the same people and things;
    `near` the managed offenders who are near. With a `memory` of earlier readings of the same child only what can
    differ is run.

    Entries of another child, entries told or happening later, withdrawn entries, and what the person did or met as an
    adult are left out; of a kind of which there are more than a thousand entries, all but the newest thousand, which
    is said. Raises ValueError where `at` has no offset.
    """
    if at.tzinfo is None:
        raise ValueError("the instant at which to read needs its offset from UTC")
    known = Known.of(timeline, at=at.astimezone(UTC), ours=ours, circle=circle, near=near)
    if said.kept:
        known = replace(known, whole_life=True)
    changes = [known.turns_at] if known.turns_at else []
    changes += said.turns(known.at)
    shown: list[Shown] = []
    held: list[Shown] = []
    until: dict[str, datetime] = {}
    for rule, finding in _findings(known, rules) if memory is None else memory.findings(known, rules):
        if not _held(finding, known.at):
            changes.append(earliest(finding.at))
            continue
        newest = _newest(finding)
        held.append(Shown(rule, finding, newest))
        shown_until = said.until(rule, finding, after_days(newest, finding.shown_days or rule.shown_days), at=known.at)
        if shown_until > known.at:
            shown.append(held[-1])
            until[rule.code] = max(until.get(rule.code, shown_until), shown_until)
            changes.append(shown_until)
    asked = trigger([one for one in shown if not _is_closed(one, closed) and not said.is_off(one.rule, at=known.at)])
    reading = Reading(
        child=timeline.child,
        at=at,
        signs=tuple(_signs(rules, shown, known, until)),
        attention=asked.attention,
        because=asked.because + _left_out(known),
        families=asked.families,
        look_again_at=min(changes, default=None),
    )
    return Whole(reading, known, tuple(held))


def _left_out(known: Known) -> str:
    if not known.left_out:
        return ""
    return (f" Not every entry was read: of a kind of which more than {MOST_OF_A_KIND:,} are held, only the newest "
            f"{MOST_OF_A_KIND:,} ({known.left_out:,} were left out). Ask whoever sends them whether that can be right.")


def _is_closed(one: Shown, closed: Mapping[str, Set[str]]) -> bool:
    on = closed.get(one.rule.code)
    return on is not None and {evidence.entry.id for evidence in one.finding.evidence} <= on


def _findings(known: Known, rules: Sequence[Rule]) -> list[tuple[Rule, Finding]]:
    """Give what each rule finds; the rules that read signs come last, each seeing what was found before it.

    They quote what they see, so a sign that goes to few is not among it, nor a local one.
    """
    findings: list[tuple[Rule, Finding]] = []
    found: list[Found] = []
    seeing = known.having(found)  # the list grows as signs are found
    for upon_signs in (False, True):
        for rule in rules:
            # A rule has nothing to say where no entry of a kind that it reads is told; most lives hold few kinds.
            if rule.upon_signs is upon_signs and (
                    upon_signs or rule.of_ours or known.tells_of(rule.needs)):
                for finding in list(rule.find(seeing if upon_signs else known)):
                    findings.append((rule, finding))
                    if _held(finding, known.at) and rule.read_by_signs:
                        found.append(Found(rule.code, rule.family, finding))
    return findings


def _held(finding: Finding, at: datetime) -> bool:
    """Tell whether the pattern is complete: a rule that waits is not, until its time has passed."""
    return not isinstance(finding.at, datetime) or finding.at <= at


def _newest(finding: Finding) -> Moment:
    """Give the later of the moment that completed the pattern and that of its last evidence.

    What made a failure good, late, explains it and does not renew it.
    """
    last = finding.evidence[-1].moment
    return finding.at if finding.answered or finding.at == last else max(finding.at, last, key=latest)


def _signs(
    rules: Sequence[Rule], shown: Sequence[Shown], known: Known, until: Mapping[str, datetime]
) -> Iterator[Sign]:
    """Put the findings of each rule together, in the order of the rule book."""
    by_code: dict[str, list[Shown]] = {}
    for one in shown:
        by_code.setdefault(one.rule.code, []).append(one)
    for rule in rules:
        if rule.code in by_code:
            yield _sign(rule, by_code[rule.code], known, until[rule.code])


def _sign(rule: Rule, shown: list[Shown], known: Known, until: datetime) -> Sign:
    reasons = reasons_of([told.finding for told in shown])
    return Sign(
        code=rule.code,
        family=rule.family,
        critical=rule.critical,
        title=rule.title,
        because=tuple(reasons),
        reasons=tuple(reasons.values()),
        first_at=min((told.finding.at for told in shown), key=earliest),
        last_at=max((told.newest for told in shown), key=latest),
        edition=rule.edition_name,
        source=rule.source,
        verified=rule.verified,
        until=until,
        against=speaks_against(rule.code, known, [told.finding for told in shown]),
    )


def reasons_of(findings: Sequence[Finding]) -> dict[str, str]:
    """Say for each entry, in the order in which they happened, what it shows and what it made of those before it."""
    told = {(e.entry.id, e.says, e.quoted_from): e for finding in findings for e in finding.evidence}
    says: dict[str, list[str]] = {}
    for evidence in sorted(told.values(), key=in_order):
        says.setdefault(evidence.entry.id, []).append(evidence.worded())
    for finding in findings:
        said = says[finding.evidence[-1].entry.id]
        if finding.makes and finding.makes not in said:
            said.append(finding.makes)
    return {entry: "; ".join(said) for entry, said in says.items()}
