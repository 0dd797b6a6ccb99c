"""Print the rules of responsibility in the order in which they are tried, each with a worked example from its spec.

`python -m sightline.interfaces.printed.responsibility` writes docs/reference/responsibility.md.
"""

from collections.abc import Iterator
from pathlib import Path

from sightline.domain.duties.catalogue.sources import SOURCES
from sightline.domain.duties.rule import first_sentence
from sightline.domain.responsibility.rules import NOTES, RULES, Note, ResponsibilityRule
from sightline.interfaces.printed.responsibility_spec import RuleSpec, read_rule_specs

ROOT = Path(__file__).parents[3]
SPECS = ROOT / "tests" / "spec" / "responsibility"
PAGE = ROOT / "docs" / "reference" / "responsibility.md"

INTRODUCTION = """\
# Who is responsible

Printed from the rules (`sightline/domain/responsibility/rules.py`) and their specs (`tests/spec/responsibility`); do
not edit.

Four questions have four answers: who protects the child **now**, who makes enquiries, who accommodates, and who is
responsible in the long term. People argue about the last while nobody does the first; so the first always has exactly
one answer, and nothing about cost, dispute or refusal changes it. Until a receiver has accepted on the record, the
giver stays the owner.

The facts are those of the instant that is asked about (`at`): councils as they were on that day ("Cumbria" up to
31 March 2023, whatever a postcode file says today), and, by `--sites FILE`, custody suites and children's homes by name
(`custody_suite`, `childrens_home`) on the days on which they were open. A place that is not certain is refused, never
guessed.

The rules are tried in the order below; the first whose claim holds answers. What happens to the child now comes before
what belongs to the case. *Not verified* means: from memory, or our own rule, until a named person confirms it.
"""


def page() -> str:
    """Give docs/reference/responsibility.md."""
    return print_rules(read_rule_specs(SPECS))


def print_rules(specs: tuple[RuleSpec, ...]) -> str:
    """Give the page as Markdown."""
    by_code = {spec.code: spec for spec in specs}
    sections = ["\n".join(_section(number, rule, by_code[rule.code])) for number, rule in enumerate(RULES, 1)]
    noted = {rule.code for rule in RULES}
    notes = ["\n".join(_note(note, by_code[note.code])) for note in NOTES if note.code not in noted]
    heading = "# Rules that bear on a case and change no owner\n"
    cited = {key for rule in RULES for key in rule.sources}
    sources = ["# Sources\n", *(f"- **{key}**: {words}" for key, words in SOURCES.items() if key in cited), ""]
    return "\n".join([INTRODUCTION, *sections, heading, *notes, *sources])


def _section(number: int, rule: ResponsibilityRule, spec: RuleSpec) -> Iterator[str]:
    yield f"## {number}. {rule.code} {rule.title}\n"
    yield f"- **When**: {first_sentence(rule.holds)}"
    yield f"- **Owner now**: {first_sentence(rule.answers)}"
    accommodation = "section 21(2) of the Children Act 1989 (in Wales section 77(2) of the Act of 2014) "
    yield f"- **Authority**: {'; '.join(rule.authority).replace('{accommodation}', accommodation)}"
    yield f"- **Source**: {', '.join(rule.sources)}; verified: {'yes' if rule.verified else 'no'}"
    yield from _examples(spec)


def _note(note: Note, spec: RuleSpec) -> Iterator[str]:
    yield f"## {note.code}\n"
    yield f"- **When**: {first_sentence(note.holds)}"
    yield f"- **Says**: {note.says}"
    yield from _examples(spec)


def _examples(spec: RuleSpec) -> Iterator[str]:
    yield "\n```text"
    for number, case in enumerate(spec.cases):
        yield from (["", f"# {case.title}"] if number else [f"# {case.title}"])
        yield from case.lines
    yield "```\n"


def main() -> None:
    """Write the page."""
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
