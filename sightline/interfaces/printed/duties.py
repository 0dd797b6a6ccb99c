"""Print the catalogue of duties: the rules as they are, each with a worked example from its spec.

`python -m sightline.interfaces.printed.duties` writes docs/reference/duties.md.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sightline.domain.duties.catalogue import RULES
from sightline.domain.duties.catalogue.sources import SOURCES
from sightline.domain.duties.nations import NATION_WORDS, Nation
from sightline.domain.duties.rule import DutyRule, first_sentence
from sightline.domain.duties.saying import say_day
from sightline.domain.vocabulary.duty import Part
from sightline.interfaces.printed.duty_spec import Case, Spec, read_specs

ROOT = Path(__file__).parents[3]
SPECS = ROOT / "tests" / "spec" / "duties"
PAGE = ROOT / "docs" / "reference" / "duties.md"

INTRODUCTION = """\
# Duties

Printed from the catalogue (`sightline/domain/duties/catalogue`) and its specs (`tests/spec/duties`); do not edit.

What each row says:

- **Clock**: H(n) elapsed hours; WD(n) working days after the event day; SD(n) school days, the sixth-day rule
  counting the first school day as day 1; CB(n) days beginning with the event day; CD(n) days and M(n) months after;
  ND without delay; PRE(x) before x. A limit that is a day means its end.
- **Whose number**: *law* or *guidance* give the limit (`due_at`); a *local target* is one that we set ourselves
  (`local_target_at`). ND has no number in law: the local target is 4 hours, in custody 1 hour.
- **Verified**: whether the text and the number were read in the source named. *No* means: from memory, from a source
  that must still be checked, or our own rule. No row has been confirmed by a named reviewer yet unless it says so.
  The days from which rows hold are from memory where the authority does not give them.
- **Met by**: an act belongs to the last start before it. A notice (`notice.sent`, `notice.acknowledged`) names the duty
  in `duty`, a decision (`decision.made`) in `about`: by its code (`D-EX-4`), or by code and starting entry
  (`D-EX-4:e7`).
- **States**: open, met (in time or late: the limit and the moment are both kept), late, and missed, which means that it
  can no longer be met. Nothing pauses a duty. At 50 % of the time the owner is reminded, at 100 % a named manager is
  told, at 150 % the director.
- **Coming** and **waiting** rows start nothing: their law is not in force, or what would start or meet them cannot be
  told here yet. They are listed so that nobody takes their silence for safety.
"""


def page() -> str:
    """Give docs/reference/duties.md."""
    return print_catalogue(RULES, read_specs(SPECS))


def print_catalogue(rules: Iterable[DutyRule], specs: Iterable[Spec]) -> str:
    """Give the page as Markdown."""
    rows = tuple(rules)
    newest = {rule.code: rule for rule in rows}
    by_code = {spec.code: spec for spec in specs}
    shown = ((rule, by_code.get(rule.code) if newest[rule.code] is rule else None) for rule in rows)
    sections = ("\n".join(_section(rule, spec)) for rule, spec in shown)
    return "\n".join((INTRODUCTION, _overview(rows), *sections, _sources(rows)))


def _sources(rules: Iterable[DutyRule]) -> str:
    cited = {key for rule in rules for key in rule.sources}
    return "\n".join(["## Sources\n", *(f"- **{key}**: {words}" for key, words in SOURCES.items() if key in cited), ""])


def _overview(rules: tuple[DutyRule, ...]) -> str:
    lines = ["| code | duty | owed by | by when | whose number | nation | starts | verified |",
             "|---|---|---|---|---|---|---|---|"]
    for rule in rules:
        status = "now" if rule.starts else "coming" if not rule.commenced else "waits"
        lines.append(f"| [{rule.code}](#{_anchor(rule)}) | {rule.title} | {_owner(rule)} | {rule.clock.words} | "
                     f"{rule.basis} | {_nations(rule.nations)} | {status} | {_yes(rule.verified)} |")
    return "\n".join(lines) + "\n"


def _anchor(rule: DutyRule) -> str:
    return "".join(letter for letter in _heading(rule).lower().replace(" ", "-") if letter.isalnum() or letter == "-")


def _heading(rule: DutyRule) -> str:
    return f"{rule.code} {rule.title}"


def _section(rule: DutyRule, spec: Spec | None) -> Iterator[str]:
    yield f"## {_heading(rule)}\n"
    if not rule.commenced:
        yield "**Coming**: this is not in force yet, and starts nothing.\n"
    if rule.waits_for is not None:
        yield f"**Waiting**: it starts nothing yet. It waits for {rule.waits_for}.\n"
    yield f"{rule.what}\n"
    yield from (f"- **{name}**: {words}" for name, words in _facts(rule))
    if spec is not None and rule.starts:
        yield from _example(spec)
    yield ""


def _facts(rule: DutyRule) -> Iterator[tuple[str, str]]:
    yield "Owed by", _owner(rule)
    yield "Owed to", ", ".join(_part(part) for part in rule.owed_to)
    yield "Clock", f"{rule.clock.words}: {rule.clock.spec} ({rule.basis}){_target(rule)}"
    if rule.starts:
        yield from _what_starts_and_ends_it(rule)
    yield "Holds", f"{_nations(rule.nations)}, from {say_day(rule.valid_from)}{_until(rule)}"
    yield "Authority", rule.authority
    if rule.evidence:
        yield "Record", ", ".join(rule.evidence)
    yield "Source", "; ".join((", ".join(rule.sources), f"edition {rule.edition}", f"verified: {_yes(rule.verified)}"))
    if rule.reviewed_by is not None and rule.reviewed_on is not None:
        yield "Reviewed", f"by {rule.reviewed_by} on {say_day(rule.reviewed_on)}"


def _what_starts_and_ends_it(rule: DutyRule) -> Iterator[tuple[str, str]]:
    yield "Starts with", f"{_kinds(rule.started_by) or 'a reading of signs'}. {first_sentence(rule.when)}"
    if rule.counting is not None:
        yield "Counted", first_sentence(rule.counting)
    yield "Met by", f"{_kinds(rule.met_by)}. {first_sentence(rule.met_when)}"
    for ending in rule.endings:
        yield "Ended by", f"{_kinds(ending.by)}. {first_sentence(ending.when)} It then shows as {ending.state}."
    if rule.answered_on_entry:
        yield "Also", "a decision about the starting entry itself counts."
    if rule.one_chance:
        yield "Missed", "once the limit is past it can no longer be met; what is done later is shown beside it."


def _owner(rule: DutyRule) -> str:
    looked_after = rule.owed_by_if_looked_after
    return _part(rule.owed_by) + ("" if looked_after is None else f"; if looked after, {_part(looked_after)}")


def _part(part: Part | str) -> str:
    return part.value if isinstance(part, Part) else part


def _kinds(kinds: Iterable[str]) -> str:
    return ", ".join(f"`{kind}`" for kind in kinds)


def _target(rule: DutyRule) -> str:
    target = rule.clock.local_target
    return "" if target is None else f"; local target {target.spec}"


def _nations(nations: frozenset[Nation]) -> str:
    return ", ".join(NATION_WORDS[nation] for nation in Nation if nation in nations)


def _until(rule: DutyRule) -> str:
    return "" if rule.valid_to is None else f" to {say_day(rule.valid_to)}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _example(spec: Spec) -> Iterator[str]:
    first, *others = spec.cases
    yield f"\nExample. {first.title}:\n"
    yield "```text"
    yield from first.lines
    yield "```\n"
    yield "Also in its spec: " + "; ".join(_small(case) for case in others) + "."


def _small(case: Case) -> str:
    return case.title[:1].lower() + case.title[1:]


def main() -> None:
    """Write the page."""
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
