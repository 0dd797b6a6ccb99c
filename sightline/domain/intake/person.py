"""What every feed does alike for the person a row is about: identifiers, sex, names, birth and home."""

import hashlib
from collections.abc import Mapping
from datetime import date

from sightline.domain.intake.facts import told_facts
from sightline.domain.intake.files.headings import plain
from sightline.domain.intake.lexicons import sex
from sightline.domain.intake.meaning import meaning_of
from sightline.domain.intake.problem import Problem
from sightline.domain.intake.row import Told
from sightline.domain.intake.values import checked, place_of
from sightline.domain.vocabulary.moment import Moment

KEPT = "It was kept as it came and is not used to match."

SEX_OF = {sex.MALE: "M", sex.FEMALE: "F", sex.NOT_STATED_SEX: "U", sex.NEITHER: "U"}
OLD_SEXES = {"1": "M", "2": "F"}


def sex_of(text: str | None) -> str | None:
    """Give M, F or U; None for what was not told or is not known to mean either."""
    meaning = None if text is None else meaning_of("Sex", text)
    return None if meaning is None else SEX_OF[meaning.canonical]


def sex_problems(column: str, text: str | None) -> tuple[Problem, ...]:
    """Note an old code, and a word that is not known."""
    if text is None:
        return ()
    if text in OLD_SEXES:
        return (Problem(column, f"This is the old code; it was read as {OLD_SEXES[text]}.", turns_back=False),)
    if sex_of(text) is None:
        return (Problem(column, "This is not known. Write M, F or U. The sex was left open.", turns_back=False),)
    return ()


def code_or_words(field: str, text: str | None) -> str | None:
    """Give the national code that a value means; where it means only a group, that; what is not known as told."""
    if text is None:
        return None
    meaning = meaning_of(field, text)
    return text if meaning is None else (meaning.code or meaning.canonical)


def identifier_problems(identifiers: Mapping[str, tuple[str, str | None]]) -> tuple[Problem, ...]:
    """Note invalid identifiers: column to its kind and value. They are kept and never used to match."""
    return tuple(
        Problem(column, f"{answer.why} {KEPT}", turns_back=False)
        for column, (kind, value) in identifiers.items()
        if value is not None and not (answer := checked(kind, value)).valid
    )


def postcode_problems(column: str, postcode: str | None) -> tuple[Problem, ...]:
    """Note a postcode that cannot be right: it is kept in the identity, and names no place."""
    if postcode is None or (answer := checked("postcode", postcode)).valid:
        return ()
    return (Problem(column, f"{answer.why} It was kept as it came and names no place.", turns_back=False),)


def name_key(forename: str | None, surname: str | None, born_on: date | None) -> str:
    """Give a stable key for a child who has no number: a digest, so that no name stands in keys and logs."""
    words = f"{plain(forename or '')}|{plain(surname or '')}|{born_on}"
    return f"name-{hashlib.sha256(words.encode()).hexdigest()[:24]}"


def key_part(name: str | None) -> str:
    """Give a sender's own id as one part of a key: its slashes must not look like parts of their own."""
    return (name or "").replace("%", "%25").replace("/", "%2F")


def birth_told(born_on: date | None, *, by: str | None = None) -> tuple[Told, ...]:
    """Tell the day of birth."""
    return () if born_on is None else (Told("child.born", born_on, "born", by=by),)


def home_told(
    postcode: str | None, at: Moment, key: str, *, by: str | None = None, address: str | None = None,
    uprn: str | None = None,
) -> tuple[Told, ...]:
    """Tell where the home was at this moment; nothing where the postcode cannot be right.

    House and street are told as they came; a property number only where it can be right.
    """
    place = place_of(postcode)
    if place is None:
        return ()
    facts = told_facts({"postcode": place.postcode, "address": address, "uprn": _uprn_of(uprn)})
    return (Told("child.home", at, key, facts, place=place, by=by),)


def uprn_problems(column: str, uprn: str | None) -> tuple[Problem, ...]:
    """Note a property number that cannot be right: it is left out."""
    if uprn is None or (answer := checked("uprn", uprn)).valid:
        return ()
    return (Problem(column, f"{answer.why} It was left open.", turns_back=False),)


def _uprn_of(uprn: str | None) -> str | None:
    answer = None if uprn is None else checked("uprn", uprn)
    return answer.normal if answer is not None and answer.valid else None
