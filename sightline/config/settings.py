"""Django's settings. What differs from one installation to the next comes from sightline.config.environment."""

from typing import Any
from urllib.parse import urlsplit

from sightline.config import secrets
from sightline.config.databases import database
from sightline.config.environment import read_environment
from sightline.config.folders import DataFolder
from sightline.config.logs import logging_settings

_environment = read_environment()
_folder = DataFolder(_environment.data)
_mail = _environment.mail

DEBUG = False

# Before the first start there is neither folder nor database; type checkers and documentation need none.
SECRET_KEY = secrets.secret(_folder.secrets, secrets.SECRET_KEY) if _folder.exists else secrets.passing_secret()
MFA_KEY = secrets.secret(_folder.secrets, secrets.MFA_KEY) if _folder.exists else secrets.passing_secret()
DATABASES: dict[str, dict[str, Any]] = (
    {"default": database(_environment, _environment.role)} if _folder.exists else {}
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Apps and middleware

_DJANGO = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
_JOBS = ["procrastinate.contrib.django"]
# Our own, the lowest first. With access comes AUTH_USER_MODEL = "access.Officer".
_OURS: list[str] = []
INSTALLED_APPS = [*_OURS, *_DJANGO, *_JOBS]

# The order matters: what is answered early costs no session, no database and no row-level security.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sightline.interfaces.serve.health.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # content security policy
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # sign-in: account, throttle, second factor
    # the transaction that says who reads and why: always last
]
ROOT_URLCONF = "sightline.config.urls"
WSGI_APPLICATION = "sightline.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = []

# Jobs

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["sightline.interfaces.jobs.upkeep"]

# Addresses and transport

ALLOWED_HOSTS = sorted({urlsplit(_environment.address).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"})
CSRF_TRUSTED_ORIGINS = [_environment.address]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _environment.proxies else None
SECURE_HSTS_SECONDS = 31_536_000 if _environment.https else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _environment.https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = str(_folder.static)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

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
