"""Print the public rule book: a page a sign, with the worked cases that prove it, and an index."""

from collections.abc import Mapping, Sequence

from sightline.domain.signs.attention import TOGETHER_DAYS
from sightline.domain.signs.rule import Rule
from sightline.domain.signs.wording import day_in_words
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.sign import Attention, Family

PRINTED = "<!-- Printed from the rule and its worked cases by scripts/rule-book. Change those, not this page. -->"
ATTENTION = {
    Attention.NOW: "a person must look now",
    Attention.NEXT_WORKING_DAY: "a person must look by the next working day",
    Attention.WORKER: "it is shown to the allocated worker",
}
DEFAULTS = "Windows and thresholds are Sightline's own defaults: published lists name signs, and never windows."

INDEX = f"""# Rule book of warning signs

A warning sign is a fact, or several together, that people who protect children have learned to look at twice. It says
that somebody should look. It does not say what happened, and it never says that a child did wrong.

- **No score.** Signs are never added up or weighed. What is shown is which signs, why, and in how many parts of the
  child's life.
- **How soon to look.** A critical sign: now. Signs in two or more parts of the child's life (families) with evidence
  within {TOGETHER_DAYS} days of each other: by the next working day. One sign, or several of one family: the allocated
  worker. A failure of agencies that leaves a child unseen or wronged (F01, F03, F08): by the next working day, until
  it is made good; failures of agencies never count as a family.
- **Reasons.** Every sign names the entries that made it. Without an entry there is no sign.
- **What only people see** is recorded by a person, with what was seen and why; then it is a sign like any other.
- **Expiry.** A sign is shown for a set time after its last evidence, mostly 180 days. The facts stay on the timeline.
- **As known.** A reading at an instant uses only what this system knew then, and leaves out what was withdrawn.
- **Days are not midnights.** Where only a day is known, a rule takes the reading under which the child is not missed,
  and the reason says that only the day is known.
- **Not known is not no.** A place, home or number that was not told makes no sign, and proves no safety.
- **Never read:** ethnicity, religion, the postcode of a home, what a relative did. Age is used for one thing: what
  somebody did or met from the eighteenth birthday on is left out. A birthday that makes a person older than 25 at an
  event is taken as unknown.
- **Whose numbers.** {DEFAULTS}
  A change of one is a new edition of the rule.
- **Not verified** means that no named person has yet confirmed the row against its source.

How a reading is made, and why, is told in [Warning signs](../../explanation/warning-signs.md). The places of the
worked cases are listed in [Places](places.md).
"""


def pages(rules: Sequence[Rule], *, cases: Mapping[str, str], places: str) -> dict[str, str]:
    """Print the book: file names with their text. `cases` gives the text of the worked cases of each code."""
    book = {f"{rule.code}.md": page(rule, cases=cases[rule.code]) for rule in rules}
    return book | {"index.md": index(rules), "places.md": f"{PRINTED}\n{places}"}


def index(rules: Sequence[Rule]) -> str:
    """Print the index: the principles, then the signs by family."""
    lines = [PRINTED, INDEX]
    for family in Family:
        rows = [f"| [{rule.code}]({rule.code}.md) | {rule.title} | {ATTENTION[_alone(rule)]} | {rule.shown_days} days |"
                for rule in rules if rule.family is family]
        if rows:
            head = ["| code | sign | how soon, when it is the only one | shown for |", "|---|---|---|---|"]
            lines += [f"## {family.value.capitalize()}", "", *head, *rows, ""]
    return "\n".join(lines)


def page(rule: Rule, *, cases: str) -> str:
    """Print the page of one sign."""
    verified = "Verified" if rule.verified else "Not verified"
    edition = f"Edition {rule.edition_name}, in force from {day_in_words(rule.valid_from)}"
    told = {
        "What it looks for.": rule.explanation,
        "Whose numbers.": DEFAULTS,
        "How soon to look.": f"When it is the only sign, {ATTENTION[_alone(rule)]}.",
        "How long it is shown.": f"{rule.shown_days} days after its last evidence, unless said otherwise above.",
        "What would cancel it.": rule.cancelled_by,
        "It is not evidence of": f"{rule.not_evidence_of}.",
        "How often it leads anywhere.": rule.base_rate or "Sightline knows of no published figure.",
        "Source.": f"{rule.source} (keys: {rule.source_key}).",
        "Entries it reads.": f"{'; '.join(_kind(kind) for kind in rule.needs)}.",
        "Who sees the detail.": _detail(rule),
        "What the law may ask of you.": f"See the duties {', '.join(rule.duties)}." if rule.duties else "",
    }
    return "\n\n".join([
        PRINTED,
        f"# {rule.code} {rule.title}",
        f"Family: {rule.family.value}. {edition}. {verified}.",
        *(f"**{heading}** {text}" for heading, text in told.items() if text),
        "## Worked cases",
        _cases(cases),
    ]) + "\n"


def _cases(text: str) -> str:
    """Take the cases as they stand, one heading lower, with what is expected as a list."""
    _, _, body = text.partition("\n## ")
    return "### " + body.strip().replace("\n## ", "\n### ").replace("\nAt ", "\n- At ")


def _detail(rule: Rule) -> str:
    if rule.health_detail:
        return "Health only; nothing of it is ever sent here."
    return "The police only; others see that the sign is there." if rule.police_detail else ""


def _alone(rule: Rule) -> Attention:
    return Attention.NOW if rule.critical else rule.alone


def _kind(kind: str) -> str:
    return f"every entry of {kind}*" if kind.endswith(".") else f"{KINDS[kind].title.lower()} ({kind})"
