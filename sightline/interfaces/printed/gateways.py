"""Print the gateways by which one agency may tell another something of a child."""

from sightline.domain.disclosure.functions import FUNCTIONS, NEED_TO_ACT_ONLY
from sightline.domain.disclosure.gateways import GATEWAYS, Gateway
from sightline.domain.disclosure.weighing import LASTS, OUTCOME_WORDS, TOLD_WORDS, WARNED_BEFORE, WHY_WORDS
from sightline.domain.vocabulary.agency import AGENCY_KIND_WORDS, AgencyKind
from sightline.interfaces.printed.table import table

INTRODUCTION = """\
# Gateways, and what a decision to share holds

Printed from the code (`sightline/domain/disclosure`); do not edit. How to decide is told in
[Share with another agency](../how-to/share-with-another-agency.md).

Each disclosure names one gateway. Only those that say *in force* can be chosen; the database refuses the others. What
is *not verified* was written from memory, and nobody has checked it against the text of the law yet.

"""

HOLDS = """\

## What a decision holds

The same for sharing and for refusing: the child; the things (entries, signs, a summary in words); who holds them; whom
it is about telling, and what that agency is there for; what for; by which law; whether it may help them, and why;
whether it would harm the child more, and why; who of the family was told, or why not; whether somebody made sure that
it is still right; who could be harmed if it went further; what was decided, by whom and when; until when; and what each
recipient says that it did.

What is shared lasts {days} days where nobody chooses otherwise, a year at most. The recipient is told {warned} days
before the end and at the end. These times are our own choice.

"""


def page() -> str:
    """Give docs/reference/gateways.md."""
    gateways = table(["code", "gateway", "law", "what it is", "to whom", "nations", "stands", "verified", "read in"], [
        [f"`{one.code}`", one.title, one.authority, one.force.value, _recipients(one), ", ".join(one.nations),
         "in force" if one.commenced else "to come: cannot be chosen", "yes" if one.verified else "no", one.source]
        for one in GATEWAYS])
    words = "\n".join(f"- **{one.title}** (`{one.code}`). {one.sentence}" for one in GATEWAYS)
    functions = table(["agency", "what it is there for", "gets"], [
        [AGENCY_KIND_WORDS[kind], says, "only what it must act on" if kind in NEED_TO_ACT_ONLY else
         "nothing of a single child" if kind is AgencyKind.INSPECTORATE else "what is chosen"]
        for kind, says in FUNCTIONS.items()])
    choices = "\n".join(f"- {what}: {'; '.join(words)}." for what, words in (
        ("Decisions", OUTCOME_WORDS.values()), ("Who was told", TOLD_WORDS.values()),
        ("Why it ended", WHY_WORDS.values())))
    holds = HOLDS.format(days=LASTS.days, warned=WARNED_BEFORE.days)
    return "\n".join([f"{INTRODUCTION}{gateways}", "", "## In a sentence each", "", words, holds + choices, "",
                      "## What agencies are there for", "", functions, ""])


def _recipients(one: Gateway) -> str:
    return ", ".join(AGENCY_KIND_WORDS[kind] for kind in AgencyKind if kind in one.recipients) or "any"
