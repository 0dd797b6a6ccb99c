"""The pages without a browser: static files as they lie, and a client that is signed in as an officer would be."""

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from beth import BETH, PASSWORD, SECRET, code
from django.core.cache import cache
from django.test import Client

from sightline.apps.access.models import Officer


@pytest.fixture(autouse=True)
def pages(settings: Any) -> None:
    """Serve static files as they lie, show the look page, and hash passwords quickly."""
    settings.SHOW_LOOK = True
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def client(transactional_db: None) -> Client:
    """Give a browser that nobody is signed in with."""
    cache.clear()
    return Client(HTTP_HOST="localhost")


@pytest.fixture
def beth(transactional_db: None) -> Officer:
    """Make Beth, who has a password and an authenticator app."""
    made = Officer.objects.create_user(BETH, PASSWORD, name="Beth Okafor")
    TOTP.activate(made, SECRET)
    return made


@pytest.fixture
def at_work(client: Client, beth: Officer) -> Client:
    """Sign Beth in by the forms."""
    client.post("/account/sign-in/", {"login": BETH, "password": PASSWORD})
    answer = client.post("/account/sign-in/code/", {"code": code()})
    assert answer.status_code == 302
    return client
