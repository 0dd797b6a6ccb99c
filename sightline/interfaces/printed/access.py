"""Print who may do what, how much of a record each role and each part lets be seen, and the purposes."""

from collections.abc import Iterator

from sightline.domain.access.involvement import SEES
from sightline.domain.access.purposes import PURPOSES
from sightline.domain.access.roles import ROLES, Role, Sight
from sightline.domain.access.verbs import Verb
from sightline.domain.vocabulary.agency import AGENCY_KIND_WORDS, AgencyKind
from sightline.interfaces.printed.table import table

SIGHT_WORDS = {
    Sight.WHOLE: "the whole record",
    Sight.OWN: "what the agency told, what was shared with it, and what it owes or is owed",
    Sight.DRAWN: "the whole record of the children drawn in an open inspection of the own inspectorate, to read only",
    Sight.NONE: "nothing of any child",
}

ROLES_INTRODUCTION = """\
# Roles, and what each may do

Written by `make docs` from `sightline/domain/access`; do not edit. What stands behind it is told in
[Who sees what](../explanation/who-sees-what.md).

An officer holds a role in an agency, from a day until a day. What an officer sees of a child takes two things: the
role must have the sight, and the agency must have a part in the child's life that carries it. Both are looked up by the
database itself, for every page and command.
"""

PURPOSES_INTRODUCTION = """\
# Purposes

Written by `make docs` from `sightline/domain/access/purposes.py`; do not edit.

Somebody who looks at a record says why, once for a piece of work of at most eight hours. The purpose is kept with
everything that is looked at. The gateway is the law on which such a purpose usually rests; which one holds in a case is
for the officer's organisation to say.
"""


def roles_page() -> str:
    """Give docs/reference/roles.md."""
    matrix = table(["", *(role.words for role in ROLES.values())], [
        [verb.value, *("yes" if verb in role.may else "" for role in ROLES.values())] for verb in Verb])
    parts = table(["part", "what it lets an agency see, at the most"], [
        [part.value, SIGHT_WORDS[sight]] for part, sight in SEES.items()])
    sights = table(["sight", "means"], [[f"`{sight.value}`", words] for sight, words in SIGHT_WORDS.items()])
    return "\n".join([ROLES_INTRODUCTION, *_roles(), "## What each may do\n", matrix, "", "## Sight\n", sights, "",
                      "## Parts of agencies in a child's life\n", parts, ""])


def _roles() -> Iterator[str]:
    yield table(["role", "code", "what for", "works in", "sight"], [
        [role.words, f"`{role.code}`", first_line(role), works_in(role), f"`{role.sight.value}`"]
        for role in ROLES.values()])
    yield ""


def purposes_page() -> str:
    """Give docs/reference/purposes.md."""
    rows = [[f"`{purpose.code}`", purpose.words, purpose.gateway, "yes" if purpose.needs_reason else "",
             ", ".join(role.words for role in ROLES.values() if purpose.code in role.purposes)]
            for purpose in PURPOSES.values()]
    return "\n".join([PURPOSES_INTRODUCTION, table(
        ["code", "purpose", "usual gateway", "asks for a sentence", "roles that may choose it"], rows), ""])


def first_line(role: type[Role]) -> str:
    """Give what a role is for, from its own description."""
    return (role.__doc__ or "").strip().partition("\n")[0].rstrip(".")


def works_in(role: type[Role]) -> str:
    """Name the kinds of agency in which a role exists."""
    if role.works_in == frozenset(AgencyKind):
        return "every agency"
    return ", ".join(AGENCY_KIND_WORDS[kind] for kind in AgencyKind if kind in role.works_in)
