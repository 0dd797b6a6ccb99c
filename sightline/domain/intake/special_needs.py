"""Special educational needs as schools tell them: which provision a pupil has, and of what kind the need is."""

from sightline.domain.intake.files.headings import plain
from sightline.domain.intake.problem import Problem
from sightline.domain.intake.row import Told
from sightline.domain.vocabulary.moment import Moment
from sightline.reference.codes import special_need_types

KIND = "school.need"
NONE, SUPPORT, PLAN = "none", "support", "plan"

PROVISIONS = {
    "n": NONE,
    "none": NONE,
    "nosen": NONE,
    "nospecialeducationalneed": NONE,
    "k": SUPPORT,
    "support": SUPPORT,
    "sensupport": SUPPORT,
    "e": PLAN,
    "plan": PLAN,
    "ehcp": PLAN,
    "ehcplan": PLAN,
    "educationhealthandcareplan": PLAN,
    "s": PLAN,
    "statement": PLAN,
    "a": SUPPORT,
    "schoolaction": SUPPORT,
    "p": SUPPORT,
    "schoolactionplus": SUPPORT,
}
"""Words and codes of the School Census; S, A and P are those of before September 2014 (from memory)."""

FORM = "N (none), K (support), E (education, health and care plan), or these words; the old S, A and P are read"


def provision_of(text: str | None) -> str | None:
    """Give none, support or plan, or None for other words."""
    return None if text is None else PROVISIONS.get(plain(text))


def provision_problems(column: str, text: str | None) -> tuple[Problem, ...]:
    """Note a provision that is not known: it is left open, as what was not told is."""
    if text is None or provision_of(text) is not None:
        return ()
    return (Problem(column, "This is not known. Write N, K or E. The provision was left open.", turns_back=False),)


def provision_told(text: str | None, at: Moment, key: str, *, by: str | None = None) -> tuple[Told, ...]:
    """Tell the provision at this moment; nothing where it is not known."""
    provision = provision_of(text)
    return () if provision is None else (Told(KIND, at, key, {"provision": provision}, by=by),)


def type_problems(column: str, code: str | None) -> tuple[Problem, ...]:
    """Note a type of need that is no code of the national list: it is kept as told."""
    if code is None or code.upper() in special_need_types():
        return ()
    return (Problem(column, "This is no type of need of the national list; it was kept as told.", turns_back=False),)
