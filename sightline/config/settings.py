"""Django settings."""

import secrets
from datetime import timedelta
from pathlib import Path

from cryptography.fernet import Fernet

from sightline.config.web_settings import INSTALLED_APPS_WEB, MIDDLEWARE_WEB, web_settings

SECRET_KEY = secrets.token_urlsafe(48)
MFA_KEY = Fernet.generate_key().decode()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
INSTALLED_APPS: list[str] = [*INSTALLED_APPS_WEB]
MIDDLEWARE: list[str] = [*MIDDLEWARE_WEB]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}

# What our own code reads of the settings of the pages, for the type checker; the values follow.
ACCOUNT_REAUTHENTICATION_TIMEOUT: int
AXES_COOLOFF_TIME: timedelta
AXES_FAILURE_LIMIT: int
DEMONSTRATION: bool
DEMONSTRATION_FILE: Path | None
SESSION_IDLE: timedelta
SESSION_PROOF: timedelta
SHOW_LOOK: bool
globals().update(web_settings(https=False))
