"""The log-ins of a demonstration: real accounts that sign in by the real forms, with codes that the page may show.

A visitor has no authenticator app with the secret of an invented officer. So where a demonstration file exists, the
page shows the code that such an app would show now; it is checked like any other. Two bolts keep this from ever
showing the code of a real officer: the file must name the account, and its address must end in `.example`, a name that
can never be anybody's (RFC 2606).
"""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.http import HttpRequest

from sightline.interfaces.web.sign_in.code import used

INVENTED = ".example"


class NotADemonstration(Exception):
    """Codes are shown for the invented officers of a demonstration only: their addresses end in .example."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True, slots=True)
class LogIn:
    """Hold one invented officer: `who` says in a few words what work it does and where."""

    email: str
    password: str
    name: str
    who: str


def offered(request: HttpRequest) -> dict[str, Any]:
    """Give the templates the log-ins and the way to their codes (a context processor)."""
    return {"demonstration_log_ins": log_ins, "demonstration_code": code_for}


def log_ins() -> tuple[LogIn, ...]:
    """Give the log-ins of the demonstration; none where this is no demonstration or its file is not written yet."""
    file: Path | None = settings.DEMONSTRATION_FILE
    if file is None or not file.is_file():
        return ()
    told = json.loads(file.read_text(encoding="utf-8"))["log_ins"]
    return tuple(LogIn(**one) for one in told if one["email"].endswith(INVENTED))


def enrol(officer: AbstractBaseUser) -> None:
    """Give an invented officer an authenticator app, if it has none.

    Raises NotADemonstration.
    """
    if not _invented(officer):
        raise NotADemonstration
    if not Authenticator.objects.filter(user_id=officer.pk, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(officer, generate_totp_secret())


def code_for(officer: AbstractBaseUser) -> str | None:
    """Give the code that the officer's authenticator app would show now; None for everybody but invented officers.

    Where the present code was used already, give the next one, which is good too.
    """
    if not _invented(officer) or officer.get_username() not in {one.email for one in log_ins()}:
        return None
    app = Authenticator.objects.filter(user_id=officer.pk, type=Authenticator.Type.TOTP).first()
    if app is None:
        return None
    secret = get_adapter().decrypt(app.data["secret"])
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    codes = [format_hotp_value(hotp_value(secret, counter + step)) for step in (0, 1)]
    return next((code for code in codes if cache.get(used(officer.pk, code)) is None), codes[-1])


def code_of(email: str) -> str:
    """Give the code of the invented officer with this address, for the command line.

    Raises NotADemonstration for everybody else.
    """
    officer = get_user_model().objects.filter(email__iexact=email).first()
    code = code_for(officer) if officer is not None else None
    if code is None:
        raise NotADemonstration
    return code


def _invented(officer: AbstractBaseUser) -> bool:
    return bool(settings.DEMONSTRATION) and officer.get_username().endswith(INVENTED)
