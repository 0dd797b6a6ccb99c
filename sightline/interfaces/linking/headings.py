"""Which column of a file means what, by the names that such columns usually have.

A column that nobody named is found by its heading alone, letters and digits only; what was understood is said in words
before anything is linked, so that a person can name what was not.
"""

import re
from collections.abc import Mapping, Sequence

from sightline.config.refusal import Refusal

# What a column may mean -> what people read, and the usual headings without spaces, capitals and signs.
MEANINGS: dict[str, tuple[str, tuple[str, ...]]] = {
    "given": ("first name", ("given", "givenname", "givennames", "firstname", "firstnames", "forename", "forenames",
                             "first", "fname", "childforename", "childfirstname", "preferredforename")),
    "family": ("surname", ("family", "familyname", "surname", "lastname", "last", "sname", "lname", "childsurname",
                           "childlastname")),
    "name": ("whole name", ("name", "fullname", "childname", "personname", "wholename")),
    "born": ("date of birth", ("born", "bornon", "birthday", "birthdate", "dateofbirth", "dob", "childdob",
                               "persondob", "birth")),
    "sex": ("sex", ("sex", "gender", "childgender", "childsex")),
    "postcode": ("postcode", ("postcode", "postcodes", "postalcode", "zip", "zipcode", "homepostcode",
                              "addresspostcode")),
    "house": ("house number", ("house", "housenumber", "streetnumber", "housename", "buildingnumber")),
    "street": ("street", ("street", "streetname", "address", "address1", "addressline1", "addressline", "road")),
    "town": ("town", ("town", "city", "suburb", "locality", "village", "posttown")),
    "email": ("e-mail address", ("email", "emailaddress", "mail")),
    "phone": ("telephone number", ("phone", "phonenumber", "telephone", "telephonenumber", "mobile", "mobilenumber",
                                   "tel")),
    "nhs": ("NHS number", ("nhs", "nhsnumber", "nhsno")),
    "upn": ("UPN", ("upn", "uniquepupilnumber", "pupilnumber")),
    "pnc": ("PNC number", ("pnc", "pncid", "pncnumber")),
    "cro": ("CRO number", ("cro", "cronumber")),
    "number": ("another number of the person", ("number", "socsecid", "ssn", "nationalinsurancenumber", "nino",
                                                "nationalid", "socialsecuritynumber", "personalnumber")),
    "id": ("the record's own name", ("id", "recid", "recordid", "uniqueid", "uuid", "rowid", "key", "childid",
                                     "personid", "localid", "lachildid", "pupilid")),
}
IDENTIFIERS = ("nhs", "upn", "pnc", "cro", "number")
_SIGNS = re.compile(r"[^a-z0-9]+")


class ColumnsNotUnderstood(Refusal):
    """The columns of a file do not say whom its records are about."""


def found(headings: Sequence[str], *, named: Mapping[str, str], truth: str | None, file: str) -> dict[str, str]:
    """Give for each meaning the heading of its column; `named` gives those that somebody named.

    Raises ColumnsNotUnderstood when a named column is not there, or no column says anything of a person.
    """
    for meaning, heading in named.items():
        if meaning not in MEANINGS:
            raise ColumnsNotUnderstood(f"No column means {meaning!r}. A column may mean: {', '.join(MEANINGS)}.")
        if heading not in headings:
            raise ColumnsNotUnderstood(f"{file} has no column {heading!r}. It has: {', '.join(headings)}.")
    if truth is not None and truth not in headings:
        raise ColumnsNotUnderstood(f"{file} has no column {truth!r} with the truth. It has: {', '.join(headings)}.")
    columns, taken = dict(named), {*named.values(), truth}
    for meaning, (_, usual) in MEANINGS.items():
        free = {_plain(heading): heading for heading in reversed(headings) if heading not in taken}
        match = next((free[one] for one in usual if one in free), None)
        if meaning not in columns and match is not None:
            columns[meaning] = match
            taken.add(match)
    if "given" in columns or "family" in columns:
        columns.pop("name", None)
    if not set(columns) - {"id", "sex", "town", "house"}:
        raise ColumnsNotUnderstood(
            f"No column of {file} says whom a record is about. It has: {', '.join(headings)}. "
            "Name those that do, for instance --columns given=FIRST --columns born=DAY.")
    return columns


def in_words(columns: Mapping[str, str], headings: Sequence[str]) -> str:
    """Say which column was taken for what, and which are not used."""
    taken = ", ".join(f"{MEANINGS[meaning][0]} from {heading!r}" for meaning, heading in columns.items())
    unused = [heading for heading in headings if heading not in columns.values()]
    return taken + (f"; not used: {', '.join(unused)}" if unused else "")


def _plain(heading: str) -> str:
    return _SIGNS.sub("", heading.casefold())
