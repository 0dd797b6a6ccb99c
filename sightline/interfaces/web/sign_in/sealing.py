"""Secrets and sessions are sealed before they reach the database, with keys made from the one key in the settings.

A copy of the database alone then gives nobody a second factor, and what an officer was writing when a session paused
is not readable there. `MFA_KEY_FALLBACKS` may hold older keys, so that the key can be changed.
"""

import base64
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SealedWithAnotherKey(Exception):
    """This was sealed with a key that is not in the settings: put the key back that the backup of the data holds."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def seal(plain: bytes, use: str) -> bytes:
    """Seal bytes for one use; what is sealed for one use cannot be opened for another."""
    return _lock(use, _keys()).encrypt(plain)


def unseal(sealed: bytes, use: str) -> bytes:
    """Open what was sealed for this use.

    Raises SealedWithAnotherKey.
    """
    try:
        return _lock(use, _keys()).decrypt(sealed)
    except InvalidToken:
        raise SealedWithAnotherKey from None


class SealedSession:
    """Write a session as sealed JSON (Django calls this a session serializer)."""

    def dumps(self, obj: Any) -> bytes:
        """Write and seal."""
        return seal(json.dumps(obj, separators=(",", ":")).encode(), "session")

    def loads(self, data: bytes) -> Any:
        """Open and read."""
        return json.loads(unseal(data, "session"))


def _keys() -> tuple[str, ...]:
    return (settings.MFA_KEY, *getattr(settings, "MFA_KEY_FALLBACKS", ()))


@lru_cache
def _lock(use: str, keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(use, key)) for key in keys])


def _derived(use: str, key: str) -> bytes:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"sightline {use}".encode()).derive(key.encode())
    return base64.urlsafe_b64encode(made)
