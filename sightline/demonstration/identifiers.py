"""Identifiers for invented children: valid where they should be, and of kinds that are never issued to anybody.

Unique pupil numbers name establishment 0000 to 0999 (real schools start at 1000), NHS numbers start with 999 (kept for
tests), PNC ids and CRO numbers have serials far above those in use. The last three are from memory.
"""

from random import Random

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
PNC_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
NOT_IN_TEMPORARY = "IOS"


def upn(dfe_code: str, serial: int, year: int) -> str:
    """Write a valid unique pupil number: `serial` up to 999,999 for each council and `year` of two digits."""
    digits = f"{dfe_code}0{serial // 1000:03}{year % 100:02}{serial % 1000:03}"
    return upn_letter(digits) + digits


def temporary_upn(dfe_code: str, serial: int, year: int) -> str:
    """Write a valid temporary unique pupil number: its last character is a letter."""
    letters = [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in NOT_IN_TEMPORARY]
    stem = f"{dfe_code}0{serial // 1000 % 1000:03}{year % 100:02}{serial % 1000:03}"[:11]
    last = letters[serial % len(letters)]
    return upn_letter(stem + last) + stem + last


def upn_letter(rest: str) -> str:
    """Give the check letter for the twelve characters that follow it; a letter counts as its place in the alphabet."""
    values = [int(char) if char.isdigit() else UPN_LETTERS.index(char) for char in rest]
    return UPN_LETTERS[sum(weight * value for weight, value in enumerate(values, start=2)) % 23]


def nhs_number(serial: int) -> str:
    """Write a valid NHS number of the range kept for tests; a serial whose check digit would be 10 is moved on."""
    while True:
        digits = f"999{serial % 1_000_000:06}"
        check = 11 - sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=True)) % 11
        if check != 10:
            return f"{digits}{0 if check == 11 else check}"
        serial += 500_000


def pnc_id(year: int, serial: int) -> str:
    """Write a valid PNC id such as 2026/9000001A; serials from 9,000,000 are never reached."""
    number = 9_000_000 + serial % 1_000_000
    letter = PNC_LETTERS[int(f"{year % 100:02}{number:07}") % 23]
    return f"{year}/{number:07}{letter}"


def cro_number(year: int, serial: int) -> str:
    """Write a valid CRO number such as 990001/26A."""
    number = 990_000 + serial % 10_000
    return f"{number:06}/{year % 100:02}{PNC_LETTERS[int(f'{year % 100:02}{number:06}') % 23]}"


def spoiled(identifier: str, rng: Random) -> str:
    """Change one digit, as a person who types it in might: the check letter or digit no longer agrees."""
    places = [i for i, char in enumerate(identifier[:-1]) if char.isdigit()]
    at = rng.choice(places)
    other = str((int(identifier[at]) + rng.randint(1, 8)) % 10)
    return identifier[:at] + other + identifier[at + 1:]
