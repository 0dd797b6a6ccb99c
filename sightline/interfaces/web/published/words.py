"""Says in words what a council's published number can mean, and what it cannot; every figure is counted, none typed."""

from sightline.domain.figures.recording import UNLIKELY, chance_of_none, expected, rate, recorded
from sightline.domain.figures.spread import outside, quartiles
from sightline.interfaces.web.published.tables import number
from sightline.reference.figures.factors import Factor, YearOfFactors, councils_in, factors_of, years
from sightline.reference.figures.publications import PUBLICATIONS
from sightline.reference.figures.published import ENGLAND
from sightline.reference.figures.referrals import referred

FACTOR = Factor.CRIMINAL_EXPLOITATION
NONE = "{council} recorded no child criminal exploitation in {year}."
MANY = ("{noughts} of the {numbers} councils with a published number recorded none. "
        "That measures recording, not children.")
EXPECTED = "It has about {children:,} children. At England’s rate it would have recorded about {expected:.0f}."
FEW = "It has only about {children:,} children, so none may be true."
SOME = ("{council} recorded {number:,} episodes with child criminal exploitation in {year}: {rate:.1f} for each 10,000 "
        "children. England: {whole:.1f}.")
UNKNOWN = "{council}’s number for {year} was not published ({why})."
OTHERWISE = "In {year} it had recorded {number:,}."
BEFORE = "It recorded none in {years}. That measured recording, too."
BY_CHANCE = ("{unlikely} of them have so many children that chance alone does not explain it; {few} have so few that "
             "none may be true.")
CHANCE = ("If councils differed by chance alone, nearly all would lie between the dashed lines. {beyond} of {known} "
          "lie outside. So councils differ in how they recognise and write down exploitation, or in what happens to "
          "children there. These figures cannot tell which.")
HALF = ("In {year} half of the councils recorded between {low:.1f} and {high:.1f} episodes for each 10,000 children; "
        "the one in the middle {middle:.1f}.")
REFERRED = ("In {year} there were {whole:,} referrals of children as possible victims. {criminal:,} of them named "
            "criminal exploitation, alone or with another kind: {councils:,} by councils, {police:,} by police.")
WHOLE = ("England: {number:,} episodes with child criminal exploitation in {year}, {rate:.1f} for each 10,000 "
         "children.")


def of_council(code: str) -> tuple[str, ...]:
    """Say what a council recorded in the last year, and in which earlier ones it recorded none."""
    *earlier, last = factors_of(code)
    noughts = [str(one.year) for one in earlier if _is_recording(one)]
    before = (BEFORE.format(years=_listed(noughts)),) if noughts else ()
    return (*_of_last(last), *_other_year(code), *before)


def of_england() -> tuple[str, ...]:
    """Say what all councils recorded in the last year, and how many recorded none."""
    whole = factors_of(ENGLAND)[-1]
    unlikely = sum(_is_recording(one) for one in councils_in(whole.year))
    noughts = recorded(councils_in(whole.year), FACTOR).noughts
    return (WHOLE.format(number=whole.of(FACTOR).value, year=whole.year, rate=rate(whole, FACTOR)),
            _many(whole.year), BY_CHANCE.format(unlikely=unlikely, few=noughts - unlikely))


def of_spread() -> tuple[str, ...]:
    """Say how far councils differ in the last year, and how many differ by more than chance."""
    year = years()[-1]
    of_whole = rate(factors_of(ENGLAND)[-1], FACTOR) or 0.0
    known = [(one.children.value or 0, found) for one in councils_in(year) if (found := rate(one, FACTOR)) is not None]
    low, middle, high = quartiles([found for _, found in known])
    beyond = sum(outside(children, found, of_whole) for children, found in known)
    return (
        HALF.format(year=year, low=low, middle=middle, high=high),
        CHANCE.format(beyond=beyond, known=len(known)))


def of_referrals(year: str) -> str:
    """Say how many children were referred in a calendar year, and by whom the most with criminal exploitation."""
    return REFERRED.format(
        year=year, whole=referred(quarter=year), criminal=referred(quarter=year, criminal=True),
        councils=referred("Local Authority", quarter=year, criminal=True),
        police=referred("Police", quarter=year, criminal=True))


def _of_last(last: YearOfFactors) -> tuple[str, ...]:
    whole, found = factors_of(ENGLAND)[-1], last.of(FACTOR)
    if found.value is None:
        why = str(number(found, PUBLICATIONS["factors"])).lower()
        return (UNKNOWN.format(council=last.council, year=last.year, why=why),)
    if found.value > 0:
        return (SOME.format(council=last.council, number=found.value, year=last.year, rate=rate(last, FACTOR) or 0.0,
                            whole=rate(whole, FACTOR) or 0.0),)
    said = NONE.format(council=last.council, year=last.year)
    probable = expected(last, whole, FACTOR)
    if probable is None:
        return (f"{said} {_many(last.year)}",)
    if chance_of_none(probable) >= UNLIKELY:
        return (said, FEW.format(children=last.children.value))
    return (f"{said} {_many(last.year)}", EXPECTED.format(children=last.children.value, expected=probable))


def _many(year: int) -> str:
    counted = recorded(councils_in(year), FACTOR)
    return MANY.format(noughts=counted.noughts, numbers=counted.numbers)


def _other_year(code: str) -> tuple[str, ...]:
    """Give what a council that recorded none in the last year had recorded in the newest year with more than none."""
    *earlier, last = factors_of(code)
    some = [(one.year, found) for one in earlier if (found := one.of(FACTOR).value)]
    if last.of(FACTOR).value != 0 or not some:
        return ()
    year, found = some[-1]
    return (OTHERWISE.format(year=year, number=found),)


def _is_recording(one: YearOfFactors) -> bool:
    """Tell whether a nought is too unlikely at England's rate of that year to be the children's."""
    (whole,) = [found for found in factors_of(ENGLAND) if found.year == one.year]
    probable = expected(one, whole, FACTOR)
    return one.of(FACTOR).value == 0 and probable is not None and chance_of_none(probable) < UNLIKELY


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
