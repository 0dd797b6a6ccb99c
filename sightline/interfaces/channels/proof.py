"""The code that proves an address: it follows from the address and a key outside the database, and is kept nowhere."""

import hashlib
import hmac

from django.conf import settings

DIGITS = 6
WORDS = "The code {code} proves that a desk reads this. Enter it on the page of the desk. 1 thing"
"""It stands where a message says how many things wait, in every template: "... in Sightline for your desk"."""


def code_of(*, contact: int, channel: str, address: str) -> str:
    """Give the code of six digits for an address of a desk's channel."""
    words = f"proof:{contact}:{channel}:{address}".encode()
    made = hmac.new(settings.WEBHOOK_KEY.encode(), words, hashlib.sha256).digest()
    return f"{int.from_bytes(made[:8]) % 10**DIGITS:0{DIGITS}d}"


def words_of(*, contact: int, channel: str, address: str) -> str:
    """Say the code in a message that holds nothing else."""
    return WORDS.format(code=code_of(contact=contact, channel=channel, address=address))


def is_code(given: str, *, contact: int, channel: str, address: str) -> bool:
    """Tell whether a code is the one, in a time that says nothing of how much of it was right."""
    return hmac.compare_digest(
        given.replace(" ", "").encode(), code_of(contact=contact, channel=channel, address=address).encode())
