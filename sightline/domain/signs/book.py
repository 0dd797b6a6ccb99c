"""Print the public rule book: a page a sign, with the worked cases that prove it, and an index."""

from collections.abc import Mapping, Sequence

from sightline.domain.signs.against import looked_for
from sightline.domain.signs.attention import TOGETHER_DAYS
from sightline.domain.signs.kept import may_be_switched_off
from sightline.domain.signs.rule import ANY_KIND, Rule
from sightline.domain.signs.settable import bounds_of
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

NARROW = (
    "Social workers and duty managers of a council, and safeguarding officers and duty managers of the police, with a "
    "part in the child's life. Nobody else, not even that it is there.")
CIRCLE = (
    "The [circle](../../explanation/circle.md) around the child: which other children were met with the same people "
    "and things. Without it the sign shows what the child's own record tells.")

INDEX = f"""# Rule book of warning signs

A warning sign is a fact, or several together, that people who protect children have learned to look at twice. It says
that somebody should look. It does not say what happened, and it never says that a child did wrong.

- **No score.** Signs are never added up or weighed. What is shown is which signs, why, and in how many parts of the
  child's life.
- **How soon to look.** A critical sign: now. Signs in two or more parts of the child's life (families) with evidence
  within {TOGETHER_DAYS} days of each other: by the next working day. One sign, or several of one family: the allocated
  worker. A failure of agencies that leaves a child unseen or wronged (F01, F03, F08, F14): by the next working day,
  until it is made good; failures of agencies never count as a family.
- **Reasons.** Every sign names the entries that made it. Without an entry there is no sign.
- **What only people see** is recorded by a person, with what was seen and why; then it is a sign like any other.
- **Expiry.** A sign is shown for a set time after its last evidence, mostly 180 days. The facts stay on the timeline.
- **As known.** A reading at an instant uses only what this system knew then, and leaves out what was withdrawn.
- **Days are not midnights.** Where only a day is known, a rule takes the reading under which the child is not missed,
  and the reason says that only the day is known.
- **Not known is not no.** A place, home or number that was not told makes no sign, and proves no safety.
- **Never read:** ethnicity, religion, the postcode of a home, what a relative did. Age is used for two things: what
  somebody did or met from the eighteenth birthday on is left out, and C15 asks whether a companion was at least five
  years older. A birthday that makes a person older than 25 at an event is taken as unknown.
- **Not a sign: C25.** That first signs of several pupils followed an arrival at a school is a [hypothesis about a
  place](../../explanation/hypotheses-about-a-place.md), confirmed or dismissed by a person. It is found, shown and
  counted there, stands on no child's record, and never says of a child who arrived that it drew others in.
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
        "What we look for that would speak against it.": _against(rule),
        "It is not evidence of": f"{rule.not_evidence_of}.",
        "How often it leads anywhere.": rule.base_rate or "Sightline knows of no published figure.",
        "Source.": f"{rule.source} (keys: {rule.source_key}).",
        "Entries it reads.": _kinds(rule.needs),
        "What it reads of our own books.": f"{rule.of_ours.capitalize()}." if rule.of_ours else "",
        "What else it reads.": CIRCLE if rule.upon_circle else "",
        "What an area may set.": _settable(rule),
        "Who sees it.": NARROW if rule.narrow else "",
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


def _against(rule: Rule) -> str:
    looks = looked_for(rule.code)
    return f"{'; '.join(looks).capitalize()}. It takes nothing away." if looks else "Only a person can find that out."


def _settable(rule: Rule) -> str:
    """Say which numbers an area may set, and whether it may switch the sign off."""
    numbers = "; ".join(f"{one.means} (`{one.name}`): {one.default}, from {one.least} to {one.most} ({one.why})"
                        for one in bounds_of(rule.numbers))
    off = ("It may be switched off for a time while it is below its floor." if may_be_switched_off(rule)
           else "It is never switched off.")
    return f"{numbers[:1].upper()}{numbers[1:]}. {off}" if numbers else off


def _detail(rule: Rule) -> str:
    if rule.health_detail:
        return "Health only; nothing of it is ever sent here."
    return "The police only; others see that the sign is there." if rule.police_detail else ""


def _alone(rule: Rule) -> Attention:
    return Attention.NOW if rule.critical else rule.alone


def _kinds(needs: Sequence[str]) -> str:
    if needs == ANY_KIND:
        return "The one, of whichever kind, that something of our own books is about."
    return f"{'; '.join(_kind(kind) for kind in needs)}."


def _kind(kind: str) -> str:
    return f"every entry of {kind}*" if kind.endswith(".") else f"{KINDS[kind].title.lower()} ({kind})"
