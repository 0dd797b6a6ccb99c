"""Put two records side by side, line by line, and what hangs on each, into words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sightline.apps.people.queries import Said
from sightline.apps.people.reviewing import Review
from sightline.apps.responsibility.reviewing import Waits
from sightline.apps.signs.hanging import Hangs
from sightline.domain.linkage.comparing import compare
from sightline.domain.linkage.described import IDENTIFIERS, Described, described
from sightline.domain.vocabulary.identity import Identity
from sightline.interfaces.web.moments import counted

SAME, DIFFERENT, UNTOLD = "The same", "Different", "Not told by both"
COLOURS = {SAME: "green", DIFFERENT: "orange", UNTOLD: "grey"}
LINES = (("First name", "given", "first_name"), ("Surname", "family", "surname"), ("Date of birth", "born_on", "birth"),
         ("Sex", "sex", "sex"), ("Postcode", "postcode", "home"))
SELDOM_TOLD = (("School", "school", "school"), ("Carers", "carers", "carer"), ("Telephone", "phones", "phone"))
WRITTEN_SEVERAL_WAYS = ("home", "school", "carer", "phone", *IDENTIFIERS)
"""Of these what is meant is the same or not, not how it is written."""
SEXES = {"F": "Female", "M": "Male"}


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one fact as both records tell it, with whether they agree and what the comparison found."""

    what: str
    one: object
    other: object
    agree: str
    found: str

    @property
    def colour(self) -> str:
        """Give the colour that repeats the words."""
        return COLOURS[self.agree]


def lines_of(review: Review) -> list[Line]:
    """Give the two records line by line; of identifiers each kind stands on a line of its own."""
    one, other = review.doubt.one, review.doubt.other
    found = {part.comparison: part.words for part in review.doubt.parts}
    compared = compare(_described(one), _described(other))
    alike = {name for name in WRITTEN_SEVERAL_WAYS if (level := compared.level(name)) and level.name == "SAME"}

    def line(what: str, left: object, right: object, comparison: str) -> Line:
        return Line(what, left, right, SAME if comparison in alike else _agree(left, right), found.get(comparison, ""))

    lines = [line(what, _value(one, name), _value(other, name), comparison) for what, name, comparison in LINES]
    lines += [line(what, *told, comparison) for what, name, comparison in SELDOM_TOLD
              if any(told := (_value(one, name), _value(other, name)))]
    lines += [line(kind.upper(), one.identifiers.get(kind), other.identifiers.get(kind), kind)
              for kind in sorted({*one.identifiers, *other.identifiers})]
    return lines


def _described(said: Said) -> Described:
    return described(Identity(
        said.scheme, said.key, identifiers=said.identifiers, postcode=said.postcode, school=said.school,
        carers=said.carers, phones=said.phones))


def _value(said: Said, name: str) -> object:
    value = getattr(said, name)
    if isinstance(value, tuple):
        return ", ".join(value) or None
    return SEXES.get(value, value) if name == "sex" else value


def _agree(one: object, other: object) -> str:
    if one in (None, "") or other in (None, ""):
        return UNTOLD
    if isinstance(one, str) and isinstance(other, str):
        return SAME if one.casefold() == other.casefold() else DIFFERENT
    return SAME if one == other else DIFFERENT


def differing(lines: Iterable[Line]) -> str:
    """Say in a sentence which facts differ and which cannot be compared."""
    told = list(lines)
    said = [f"{words}: {', '.join(line.what for line in told if line.agree == agree)}"
            for agree, words in ((DIFFERENT, "Different"), (SAME, "The same"), (UNTOLD, "Not told by both"))
            if any(line.agree == agree for line in told)]
    return ". ".join(said)


def hanging_words(hangs: Hangs) -> list[str]:
    """Say what hangs on a record, what is most urgent first."""
    words = []
    if hangs.happening is not None:
        words.append(f"The child is {hangs.happening.value}. {hangs.protects} protects the child now")
    if hangs.custody:
        words.append("The child is in custody, or on the way from it")
    if hangs.open_duties:
        late = f", {hangs.late_duties} of them late" if hangs.late_duties else ""
        words.append(f"{counted(hangs.open_duties, 'duty is', 'duties are')} open{late}")
    if hangs.signs:
        critical = f", {hangs.critical_signs} of them critical" if hangs.critical_signs else ""
        words.append(f"{counted(hangs.signs, 'warning sign is', 'warning signs are')} shown{critical}")
    return words


def beside(review: Review, hanging: Mapping[UUID, Hangs]) -> list[tuple[str, list[str]]]:
    """Give what hangs on each record, under who told it; once where both stand in one child's record."""
    one, other = review.doubt.one, review.doubt.other
    if review.joined:
        return [("Both stand in one child’s record now", hanging_words(hanging[one.person]))]
    return [(f"The record of {said.agency}", hanging_words(hanging[said.person])) for said in (one, other)]


def why_here(waits: Waits) -> tuple[str, str]:
    """Say why a doubt stands where it stands in the list, with the colour that repeats it."""
    if waits.event:
        return "A safety event is open", "red"
    return ("Duties are open", "orange") if waits.duties else ("Nothing open hangs on it", "grey")
