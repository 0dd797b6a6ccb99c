"""The code of a leg: made from a secret and the transfer's id, so that it can be shown again and is kept nowhere."""

import hashlib
import hmac
from collections.abc import Iterator
from uuid import UUID

import qrcode
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from sightline.domain.responsibility.handing_over import CODE_LENGTH, CODE_LETTERS, read_code
from sightline.interfaces.web.sign_in.throttle import whence

WINDOW_SECONDS = 600
WRONG_FROM_ONE_PLACE = 10
WRONG_FROM_EVERYWHERE = 300
"""Wrong codes in ten minutes after which no code is looked up: with 39 bits and a few offers standing at a time, who
guesses at the most from everywhere finds one in some tens of thousands of years (our own choice)."""


def code_of(transfer: UUID) -> str:
    """Give the code of a transfer, in two groups of four."""
    number = int.from_bytes(_keyed("code", str(transfer)), "big")
    letters = ""
    for _ in range(CODE_LENGTH):
        number, letter = divmod(number, len(CODE_LETTERS))
        letters += CODE_LETTERS[letter]
    return f"{letters[:4]}-{letters[4:]}"


def digest_of(transfer: UUID) -> str:
    """Give the digest by which the code of a transfer is found."""
    return digest_of_code(code_of(transfer))


def digest_of_code(typed: str) -> str:
    """Give the digest of a code as it was typed; without the secret it cannot be turned back into the code."""
    return _keyed("digest", read_code(typed)).hex()


def guesses_too_much(request: HttpRequest) -> bool:
    """Tell whether so many wrong codes came from this place, or from everywhere, that none is looked up for a while."""
    places = [(_place(request), WRONG_FROM_ONE_PLACE), (EVERYWHERE, WRONG_FROM_EVERYWHERE)]
    return any(int(cache.get(key) or 0) >= most for key, most in places)


def count_wrong(request: HttpRequest) -> None:
    """Count a wrong code."""
    for key in (_place(request), EVERYWHERE):
        if not cache.add(key, 1, WINDOW_SECONDS):
            cache.incr(key)


def squares_of(text: str) -> tuple[int, str]:
    """Give the width of a QR code in squares, its margin included, and the path of its dark ones for an SVG."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    matrix = code.get_matrix()
    return len(matrix), "".join(_path(matrix))


def _path(matrix: list[list[bool]]) -> Iterator[str]:
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                yield f"M{x} {y}h1v1h-1z"


EVERYWHERE = "road-code-everywhere"


def _place(request: HttpRequest) -> str:
    return f"road-code-{_keyed('place', whence(request) or '').hex()}"


def _keyed(use: str, text: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), f"sightline road {use}: {text}".encode(), hashlib.sha256).digest()
