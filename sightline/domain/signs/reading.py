"""Read a child's timeline: which signs are shown at an instant, why, and how soon a person must look.

A sign is found when its pattern held at some instant up to then, by what was known then. It is shown until its days
(180 unless the rule says otherwise) after its last evidence; the facts themselves stay on the timeline for ever. Each
sign rests on the findings that are still shown: `first_at` is the moment that completed the first of them, `last_at`
that of the newest evidence, and `because` names the entries of all of them, in the order in which they happened.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import UTC, datetime

from sightline.domain.signs.attention import Shown, trigger
from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.finding import Evidence, Finding, Found
from sightline.domain.signs.gaps import after_days, earliest, latest
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import Rule
from sightline.domain.signs.wording import when
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment
from sightline.domain.vocabulary.sign import Reading, Sign
from sightline.domain.vocabulary.timeline import Timeline

NOTHING_CLOSED: Mapping[str, Set[str]] = {}


def read(
    timeline: Timeline, *, at: datetime, rules: Sequence[Rule] = RULES, closed: Mapping[str, Set[str]] = NOTHING_CLOSED
) -> Reading:
    """Read the signs that the timeline shows at the instant, as known at the instant.

    `closed` names by code the entries on which a person has closed a sign: what rests on them alone is still shown,
    but asks nobody to look again.

    Entries of another child, entries told or happening later, withdrawn entries, and what the person did or met as an
    adult are left out. Raises ValueError where `at` has no offset.
    """
    if at.tzinfo is None:
        raise ValueError("the instant at which to read needs its offset from UTC")
    known = Known.of(timeline, at=at.astimezone(UTC))
    shown: list[Shown] = []
    over: list[datetime] = []
    changes = [instant for entry in timeline if entry.child == timeline.child for instant in _turns(entry)]
    for rule, finding in _findings(known, rules):
        shown_until = _shown_until(rule, finding)
        if earliest(finding.at) > at:
            changes.append(earliest(finding.at))
        elif at < shown_until:
            shown.append((rule, finding))
            changes.append(shown_until)
        else:
            over.append(shown_until)
    asking = [(rule, finding) for rule, finding in shown if not _is_closed(rule, finding, closed)]
    asked = trigger(asking, last_shown_at=max(over, default=None))
    return Reading(
        child=timeline.child,
        at=at,
        signs=tuple(_signs(known, rules, shown)),
        attention=asked.attention,
        because=asked.because,
        families=asked.families,
        look_again_at=min((instant for instant in changes if instant > at), default=None),
    )


def _is_closed(rule: Rule, finding: Finding, closed: Mapping[str, Set[str]]) -> bool:
    return {evidence.entry.id for evidence in finding.evidence} <= closed.get(rule.code, set())


def _findings(known: Known, rules: Sequence[Rule]) -> Iterator[Shown]:
    """Give what each rule finds; the rules that read signs come last, each seeing what was found before it."""
    found: list[Found] = []
    for rule in sorted(rules, key=lambda rule: rule.upon_signs):
        for finding in list(rule.find(known.having(found) if rule.upon_signs else known)):
            yield rule, finding
            if earliest(finding.at) <= known.at:
                found.append(Found(rule.code, rule.family, finding))


def _turns(entry: Entry) -> Iterable[datetime]:
    """Give the instants at which an entry comes to count: when it is known and has begun, and when its period ends."""
    begins = max(entry.known_from, entry.starts)
    return (begins,) if entry.until is None else (begins, earliest(entry.until))


def _shown_until(rule: Rule, finding: Finding) -> datetime:
    return after_days(_newest(finding), finding.shown_days or rule.shown_days)


def _newest(finding: Finding) -> Moment:
    return max((finding.at, *(evidence.moment for evidence in finding.evidence)), key=latest)


def _signs(known: Known, rules: Sequence[Rule], shown: Sequence[Shown]) -> Iterator[Sign]:
    """Put the findings of each rule together, in the order of the rule book."""
    by_code: dict[str, list[Finding]] = {}
    for rule, finding in shown:
        by_code.setdefault(rule.code, []).append(finding)
    for rule in rules:
        if rule.code in by_code:
            yield _sign(rule, by_code[rule.code])


def _sign(rule: Rule, findings: list[Finding]) -> Sign:
    reasons = _reasons(findings)
    return Sign(
        code=rule.code,
        family=rule.family,
        critical=rule.critical,
        title=rule.title,
        because=tuple(reasons),
        reasons=tuple(reasons.values()),
        first_at=min((finding.at for finding in findings), key=earliest),
        last_at=max((_newest(finding) for finding in findings), key=latest),
        edition=rule.edition_name,
        source=rule.source,
        verified=rule.verified,
    )


def _reasons(findings: list[Finding]) -> dict[str, str]:
    """Say for each entry, in the order in which they happened, what it shows and what it made of those before it."""
    told: dict[str, Evidence] = {}
    says: dict[str, list[str]] = {}
    makes: dict[str, list[str]] = {}
    for finding in findings:
        for evidence in finding.evidence:
            told[evidence.entry.id] = evidence
            _add(says.setdefault(evidence.entry.id, []), evidence.says.replace("{when}", when(evidence.moment)))
        _add(makes.setdefault(finding.evidence[-1].entry.id, []), finding.makes)
    ordered = sorted(told.values(), key=lambda evidence: (evidence.entry.starts, evidence.entry.id))
    return {e.entry.id: "; ".join([*says[e.entry.id], *makes.get(e.entry.id, [])]) for e in ordered}


def _add(words: list[str], said: str) -> None:
    if said and said not in words:
        words.append(said)
