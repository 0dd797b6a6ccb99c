"""Print the kinds of entry with their facts, and which signs and duties read each."""

from collections.abc import Iterable, Iterator

from sightline.domain.duties.catalogue import RULES as DUTIES
from sightline.domain.signs.catalogue import RULES as SIGNS
from sightline.domain.signs.rule import ANY_KIND
from sightline.domain.vocabulary.kinds import KINDS, Fact, Kind
from sightline.interfaces.printed.table import table

INTRODUCTION = """\
# Kinds of entries, and their facts

Written by `make docs` from `sightline/domain/vocabulary/kinds.py`; do not edit. A kind or a fact is added there, and
nowhere else.

An entry says what one agency told of one child: a kind, when it was, who told it, the facts, and when it became known
here. A fact that is absent is unknown, never "no".
"""


def page() -> str:
    """Give docs/reference/kinds.md."""
    fields = dict.fromkeys(name.split(".")[0] for name in KINDS)
    sections = ["\n".join(_section(kind)) for field in fields for kind in KINDS.values()
                if kind.name.split(".")[0] == field]
    return "\n".join([INTRODUCTION, *sections])


def _section(kind: Kind) -> Iterator[str]:
    yield f"## {kind.name}\n"
    yield f"{kind.title}.\n"
    if kind.held_by:
        yield f"Its detail is seen by the {kind.held_by} and by who told it; others see that it is there.\n"
    if kind.facts:
        yield table(["fact", "type", "means"], [[f"`{fact.key}`", _type(fact), fact.means] for fact in kind.facts])
        yield ""
    read_by = [f"[{rule.code}](signs/{rule.code}.md)" for rule in SIGNS
               if rule.needs != ANY_KIND and _reads(rule.needs, kind.name)]
    starts = dict.fromkeys(rule.code for rule in DUTIES if rule.starts and kind.name in rule.started_by)
    meets = dict.fromkeys(rule.code for rule in DUTIES if rule.starts and kind.name in rule.met_by)
    for words, codes in (("Read by the signs", read_by), ("Can start", starts), ("Can meet", meets)):
        if codes:
            yield f"- {words}: {', '.join(codes)}"
    if read_by or starts or meets:
        yield ""


def _type(fact: Fact) -> str:
    return f"{fact.type}: {', '.join(fact.allowed)}" if fact.allowed else fact.type


def _reads(needs: Iterable[str], kind: str) -> bool:
    """Tell whether a rule reads a kind; a need that ends in a dot is every kind of that field of work."""
    return any(kind == need or (need.endswith(".") and kind.startswith(need)) for need in needs)
