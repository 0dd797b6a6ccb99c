"""Django's settings. What differs from one installation to the next comes from sightline.config.environment."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sightline.config import secrets
from sightline.config.databases import database
from sightline.config.environment import read_environment
from sightline.config.folders import DataFolder
from sightline.config.logs import logging_settings
from sightline.config.web_settings import INSTALLED_APPS_WEB, MIDDLEWARE_WEB, web_settings

_environment = read_environment()
_folder = DataFolder(_environment.data)
_mail = _environment.mail

DEBUG = False

# Before the first start there is neither folder nor database; type checkers and documentation need none.
SECRET_KEY = secrets.secret(_folder.secrets, secrets.SECRET_KEY) if _folder.exists else secrets.passing_secret()
MFA_KEY = secrets.secret(_folder.secrets, secrets.MFA_KEY) if _folder.exists else secrets.passing_secret()
WEBHOOK_KEY = secrets.secret(_folder.secrets, secrets.WEBHOOK_KEY) if _folder.exists else secrets.passing_secret()
DATABASES: dict[str, dict[str, Any]] = (
    {"default": database(_environment, _environment.role)} if _folder.exists else {}
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Apps and middleware

# Our own, the lowest first (the order of .importlinter).
_OURS = [f"sightline.apps.{name}"
         for name in ("access", "intake", "people", "record", "duties", "disclosure", "responsibility", "slavery",
                      "custody", "operations", "signs", "circle", "places", "offenders", "population", "lookback",
                      "insight")]
INSTALLED_APPS = [*INSTALLED_APPS_WEB, *_OURS, "procrastinate.contrib.django"]
MIDDLEWARE = MIDDLEWARE_WEB
WSGI_APPLICATION = "sightline.config.wsgi.application"

# Pages, sign-in, sessions, static files. What our own code reads of them is named for the type checker; values follow.

ACCOUNT_REAUTHENTICATION_TIMEOUT: int
AXES_COOLOFF_TIME: timedelta
AXES_FAILURE_LIMIT: int
DEMONSTRATION: bool
DEMONSTRATION_FILE: Path | None
SESSION_IDLE: timedelta
SESSION_PROOF: timedelta
SHOW_LOOK: bool
globals().update(web_settings(
    https=_environment.https, proxies=_environment.proxies,
    demonstration=_folder.demonstration if _folder.demonstration.exists() else None))
STATIC_ROOT = str(_folder.static)

# Jobs

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = [f"sightline.interfaces.jobs.{name}" for name in (
    "upkeep", "story", "post", "keeping", "population", "measuring", "extent")]
AUDIT_ANCHORS = str(_folder.anchors)
SPARK = _environment.spark
"""The master of the Spark cluster that reads everybody; empty: processes of this machine do."""

# Addresses and transport

SIGHTLINE_ADDRESS = _environment.address
ALLOWED_HOSTS = sorted({urlsplit(_environment.address).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"})
CSRF_TRUSTED_ORIGINS = [_environment.address]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _environment.proxies else None
# Mail: where no server is named, MAIL_LEAVES is false and sending fails aloud instead of pretending

MAIL_LEAVES = _mail is not None
EMAIL_HOST = _mail.host if _mail else ""
EMAIL_PORT = _mail.port if _mail else 25
EMAIL_HOST_USER = _mail.user if _mail else ""
EMAIL_HOST_PASSWORD = _mail.password if _mail else ""
EMAIL_USE_TLS = _mail.starttls if _mail else False
EMAIL_USE_SSL = _mail.tls if _mail else False
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _environment.mail_from

# Text messages and webhooks

NOTIFY = _environment.notify
WEBHOOK_NETWORKS = _environment.webhook_networks
WEBHOOK_CA = _environment.webhook_ca

# Uploads: a file too big for memory waits here and not in the temporary folder of the machine

FILE_UPLOAD_TEMP_DIR = str(_folder.uploads) if _folder.exists else None
FILE_UPLOAD_PERMISSIONS = 0o600

# Language and time

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

LOGGING = logging_settings(_environment.role, _folder.logs)
LOGGING_CONFIG = "logging.config.dictConfig"
