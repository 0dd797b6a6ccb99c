"""Turn back a row that tells something longer than is kept, whatever its feed: one such row holds up no other."""

from collections.abc import Iterator
from dataclasses import replace

from sightline.domain.intake.problem import LONGEST_SHOWN
from sightline.domain.intake.row import Fault, SortedRow
from sightline.domain.vocabulary.identity import Identity

NAME, OTHER_NAME, ETHNICITY, ADDRESS, POSTCODE = 100, 200, 60, 300, 10
SCHOOL, CONTACT = 200, 200
CHILD_KEY, ENTRY_KEY, TELLER, GRADE, AREA, THING = 100, 200, 200, 60, 100, 200
"""So many characters of each are kept: as many as its column in the database holds."""
NO_POSTCODE = "This is too long for a postcode. It was not kept with the child."


def within_lengths(row: SortedRow) -> SortedRow:
    """Give the row as it may be kept, or turned back with what is too long; a postcode alone is left out and noted."""
    if row.identity is None:
        return row
    faults = [Fault(row.number, what, text[:LONGEST_SHOWN], f"This is longer than {most} characters.")
              for what, text, most in (*_of_child(row.identity), *_of_entries(row)) if text and len(text) > most]
    if faults:
        return SortedRow(row.number, None, faults=(*row.faults, *faults))
    postcode = row.identity.postcode
    if postcode is None or len(postcode) <= POSTCODE:
        return row
    noted = any(fault.column.endswith("postcode") for fault in row.faults)
    note = () if noted else (Fault(row.number, "postcode", postcode[:LONGEST_SHOWN], NO_POSTCODE, turns_back=False),)
    return replace(row, identity=replace(row.identity, postcode=None), faults=(*row.faults, *note))


Sized = tuple[str, str | None, int]


def _of_child(identity: Identity) -> Iterator[Sized]:
    yield "key of the child", identity.key, CHILD_KEY
    yield "first name", identity.given, NAME
    yield "surname", identity.family, NAME
    for name in identity.also_known_as:
        yield "other name", name, OTHER_NAME
    yield "ethnicity", identity.ethnicity, ETHNICITY
    yield "address", identity.address, ADDRESS
    yield "school", identity.school, SCHOOL
    for carer in identity.carers:
        yield "carer", carer, CONTACT
    for phone in identity.phones:
        yield "telephone", phone, CONTACT


def _of_entries(row: SortedRow) -> Iterator[Sized]:
    for withdrawn in row.withdrawn:
        yield "key of the entry", withdrawn.key, ENTRY_KEY
    for told in row.told:
        yield "key of the entry", told.key, ENTRY_KEY
        yield "agency that told it", told.by, TELLER
        yield "grade", told.grade, GRADE
        if told.place is not None:
            yield "council", told.place.council, AREA
            yield "police force", told.place.force, AREA
        for thing in told.things:
            yield "thing", thing.id, THING
        for companion in told.people:
            yield "person", companion.id, THING
