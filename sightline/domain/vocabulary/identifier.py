"""The numbers by which agencies know a child, a school or an address: whether one can be right, and its one form.

A value that fails its check is kept as it came, and is never used to match. Sources: rules.md section 7.1 of the
project's domain notes; the UPN, PNC and CRO checks agree with the published test values of the departments that use
them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import mul

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
POLICE_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
THIS_YEAR = 2026
"""A two-digit year up to this one is read as 20yy, a later one as 19yy, where the caller names no year."""

LONGEST = 40

_UPN_WEIGHTS = tuple(range(2, 13))
_UPN_ZEROS = ord("0") * sum(_UPN_WEIGHTS)

_SPACES = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_UPN = re.compile(r"([A-Z])[0-9]{11}([0-9A-Z])")
_NHS = re.compile(r"[0-9]{10}")
_PNC = re.compile(r"([0-9]{2}|(?:19|20)[0-9]{2})/([0-9]{1,7})([A-Z])")
_PNC_PLAIN = re.compile(r"([0-9]{3,11})([A-Z])")
_CRO = re.compile(r"([0-9]{1,6})/?([0-9]{2})([A-Z])")
_CRO_SF = re.compile(r"SF([0-9]{2})/?([0-9]{1,6})([A-Z])")
_LAESTAB = re.compile(r"([1-9][0-9]{2})[/-]?([0-9]{4})")
_URN = re.compile(r"[0-9]{6}")
_UPRN = re.compile(r"0*([1-9][0-9]{0,11})(?:\.0)?")
_POSTCODE = re.compile(
    r"(GIR|[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9][ABEHMNPRV-Y]))"
    r"([0-9][ABD-HJLNP-UW-Z]{2})"
)


@dataclass(frozen=True, slots=True)
class Check:
    """Hold the answer of a check: `normal` is the one form of a valid value, else the value as it came."""

    valid: bool
    normal: str
    why: str


class UnknownIdentifier(ValueError):
    """No such identifier is known; choose upn, former-upn, nhs, pnc, cro, laestab, urn, uprn or postcode."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def check(kind: str, value: str, *, year: int = THIS_YEAR) -> Check:
    """Check a value of this kind and give its one form.

    `year` is the latest year that a two-digit year can mean (PNC only). No text makes this fail. Raises
    UnknownIdentifier for a kind that is not in CHECKS.
    """
    checker = CHECKS.get(kind)
    if checker is None:
        raise UnknownIdentifier
    if len(value) > LONGEST:
        return Check(False, value, "This is longer than any such number.")
    plain = value.replace(" ", "") if value.isascii() and value.isprintable() else _SPACES.sub("", value)
    plain = plain.upper()
    if not plain:
        return Check(False, value, "There is nothing here to check.")
    if not plain.isascii():
        return Check(False, value, "This holds a character that no such number has.")
    answer = checker(plain, year)
    return answer if answer.valid else Check(False, value, answer.why)


def _no(why: str) -> Check:
    return Check(False, "", why)


def _check_upn(value: str, year: int) -> Check:
    """Check a unique pupil number: letter, council, eight digits, then a digit, or a letter where it is temporary."""
    match = _UPN.fullmatch(value)
    if match is None:
        return _no("A UPN is a letter, then 11 digits, then a digit, or a letter other than I, O and S.")
    letter, last = match.groups()
    if value.startswith("000", 1):
        return _no("No council has the number 000 (characters 2 to 4).")
    last_value = int(last) if last.isdigit() else UPN_LETTERS.find(last)
    if last_value < 0:
        return _no("The last character of a temporary UPN is a letter other than I, O and S.")
    total = sum(map(mul, _UPN_WEIGHTS, value[1:12].encode())) - _UPN_ZEROS + 13 * last_value
    if UPN_LETTERS[total % 23] != letter:
        return _no("The check letter (character 1) does not agree with the rest; one character is wrong.")
    return Check(True, value, "The check letter agrees." + ("" if last.isdigit() else " The UPN is a temporary one."))


def _check_nhs(value: str, year: int) -> Check:
    """Check an NHS number: ten digits, the last a check digit by weights 10 to 2, modulo 11."""
    digits = value.replace("-", "")
    if not _NHS.fullmatch(digits):
        return _no("An NHS number has 10 digits.")
    if len(set(digits)) == 1:
        return _no("All digits are the same: this stands for a number that is not known.")
    remainder = 11 - sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    if remainder == 10 or remainder % 11 != int(digits[9]):
        return _no("The check digit (the last one) does not agree with the rest; one digit is wrong.")
    return Check(True, digits, "The check digit agrees.")


def _check_pnc(value: str, year: int) -> Check:
    """Check a Police National Computer number, long (2002/0073319Z) or short (02/73319Z), with or without a slash."""
    match = _PNC.fullmatch(value)
    if match is not None:
        full_year, serial, letter = _full_year(match[1], year), int(match[2]), match[3]
        if _pnc_letter(full_year, serial) == letter:
            return Check(True, f"{full_year}/{serial:07d}{letter}", "The check letter agrees.")
        return _no("The check letter (the last character) does not agree with the rest; one character is wrong.")
    candidates = _pnc_candidates(value, year)
    if not candidates:
        return _no("A PNC number is a year, a slash, up to 7 digits and a letter, such as 2002/0073319Z or 02/73319Z.")
    right = {
        f"{full_year}/{serial:07d}{letter}"
        for full_year, serial, letter in candidates
        if _pnc_letter(full_year, serial) == letter
    }
    if not right:
        return _no("The check letter (the last character) does not agree with the rest; one character is wrong.")
    if len(right) > 1:
        return _no("Without its slash this can be two numbers; write it as 2002/0073319Z.")
    return Check(True, right.pop(), "The check letter agrees.")


def _pnc_candidates(value: str, year: int) -> list[tuple[int, int, str]]:
    """Give the readings (year, serial, letter) that a number without its slash can have: there may be two."""
    plain = _PNC_PLAIN.fullmatch(value)
    if plain is None:
        return []
    digits, letter = plain.groups()
    readings = []
    if len(digits) <= 9:
        readings.append((_full_year(digits[:2], year), int(digits[2:]), letter))
    if len(digits) >= 9 and 1900 <= int(digits[:4]) <= year:
        readings.append((int(digits[:4]), int(digits[4:]), letter))
    return readings


def _pnc_letter(full_year: int, serial: int) -> str:
    return POLICE_LETTERS[(full_year % 100 * 10_000_000 + serial) % 23]


def _full_year(digits: str, year: int) -> int:
    if len(digits) == 4:
        return int(digits)
    century = year - year % 100
    return century + int(digits) - (100 if int(digits) > year % 100 else 0)


def _check_cro(value: str, year: int) -> Check:
    """Check a Criminal Records Office number: 065656/91H, or SF83/50058Z whose serial is never padded."""
    file = _CRO_SF.fullmatch(value)
    if file is not None:
        years, serial, letter = file.groups()
        normal, number = f"SF{years}/{serial}{letter}", int(years + serial)
    else:
        match = _CRO.fullmatch(value)
        if match is None:
            return _no(
                "A CRO number is up to 6 digits, a slash, a year and a letter, such as 065656/91H, or SF83/50058Z."
            )
        serial, years, letter = match.groups()
        normal, number = f"{serial:0>6}/{years}{letter}", int(f"{years}{serial:0>6}")
    if POLICE_LETTERS[number % 23] != letter:
        return _no("The check letter (the last character) does not agree with the rest; one character is wrong.")
    return Check(True, normal, "The check letter agrees.")


def _check_laestab(value: str, year: int) -> Check:
    """Check a school's LAESTAB: the council's 3 digits and the school's 4; there is no check digit."""
    match = _LAESTAB.fullmatch(value)
    if match is None:
        return _no("A LAESTAB has 7 digits: 3 for the council (not starting with 0), 4 for the school.")
    return Check(True, "".join(match.groups()), "The form is right; there is no check digit.")


def _check_urn(value: str, year: int) -> Check:
    """Check a school's unique reference number: 6 digits; there is no check digit."""
    if not _URN.fullmatch(value) or value.startswith("0"):
        return _no("A school's URN has 6 digits and does not start with 0.")
    return Check(True, value, "The form is right; there is no check digit.")


def _check_uprn(value: str, year: int) -> Check:
    """Check a unique property reference number: up to 12 digits, without leading noughts; there is no check digit."""
    match = _UPRN.fullmatch(value)
    if match is None:
        return _no("A unique property reference number has up to 12 digits.")
    return Check(True, match[1], "The form is right; there is no check digit.")


def _check_postcode(value: str, year: int) -> Check:
    """Check the form of a postcode; whether it exists is not looked up here."""
    match = _POSTCODE.fullmatch(value)
    if match is None or (match[1] == "GIR" and match[2] != "0AA"):
        return _no("This has not the form of a postcode, such as L36 9YZ.")
    return Check(True, f"{match[1]} {match[2]}", "The form is right; whether it exists was not looked up.")


CHECKS: dict[str, Callable[[str, int], Check]] = {
    "upn": _check_upn,
    "former-upn": _check_upn,
    "nhs": _check_nhs,
    "pnc": _check_pnc,
    "cro": _check_cro,
    "laestab": _check_laestab,
    "urn": _check_urn,
    "uprn": _check_uprn,
    "postcode": _check_postcode,
}
