"""Passwords and keys: made once, at random, each in a file of its own that only the present user can read."""

import base64
import os
import secrets as entropy
from pathlib import Path

from sightline.config.locks import locked
from sightline.config.refusal import Refusal

SECRET_KEY = "django.key"  # nosec B105
MFA_KEY = "mfa.key"
WEBHOOK_KEY = "webhook.key"
ADMINISTRATOR = "administrator.password"


class LostSecret(Refusal):
    """A file of the secrets folder is empty or cannot be read; the message names it."""


def password_of(role: str) -> str:
    """Name the file that holds the database password of a role."""
    return f"{role}.password"


def secret(folder: Path, name: str) -> str:
    """Read a secret, and make it first if this folder never had it: 32 random bytes in URL-safe base64.

    Processes that race for the first reading all get the same one. Raises LostSecret.
    """
    path = folder / name
    try:
        if not path.exists():
            with locked(folder / ".lock"):
                if not path.exists():
                    _make(path)
        text = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        text = ""
    if not text:
        raise LostSecret(f"The secret {path} is empty or cannot be read. Put it back from your copy of the folder.")
    return text


def passing_secret() -> str:
    """Make a secret that nobody keeps, for processes that serve no one (a type checker, the documentation)."""
    return base64.urlsafe_b64encode(entropy.token_bytes(32)).decode("ascii")


def _make(path: Path) -> None:
    """Write a new secret beside its place and move it there, so that it is never seen half-written."""
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(passing_secret())
        file.flush()
        # Losing the key of the second factors to a power cut would lock every officer out.
        os.fsync(file.fileno())
    draft.replace(path)
