"""Put two records side by side, line by line, and what hangs on each, into words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sightline.apps.people.queries import Said
from sightline.apps.people.reviewing import Review
from sightline.apps.responsibility.reviewing import Waits
from sightline.apps.signs.hanging import Hangs
from sightline.interfaces.web.moments import counted

SAME, DIFFERENT, UNTOLD = "The same", "Different", "Not told by both"
COLOURS = {SAME: "green", DIFFERENT: "orange", UNTOLD: "grey"}
LINES = (("First name", "given", ("first_name",)), ("Surname", "family", ("surname",)),
         ("Date of birth", "born_on", ("birth",)), ("Sex", "sex", ("sex",)), ("Postcode", "postcode", ("home",)))
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
    lines = [_line(what, _value(one, name), _value(other, name), found.get(comparisons[0], ""))
             for what, name, comparisons in LINES]
    lines += [_line(kind.upper(), one.identifiers.get(kind), other.identifiers.get(kind), found.get(kind, ""))
              for kind in sorted({*one.identifiers, *other.identifiers})]
    return lines


def _line(what: str, one: object, other: object, found: str) -> Line:
    return Line(what, one, other, _agree(one, other), found)


def _value(said: Said, name: str) -> object:
    value = getattr(said, name)
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
