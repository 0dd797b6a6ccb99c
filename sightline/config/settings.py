"""Django settings."""

import os

SECRET_KEY = "written by sightline.config at the first start"
USE_TZ = True
TIME_ZONE = "Europe/London"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "sightline.apps.access",
    "sightline.apps.intake",
    "sightline.apps.people",
    "sightline.apps.record",
    "sightline.apps.duties",
    "sightline.apps.signs",
]
AUTH_USER_MODEL = "access.Officer"
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "sightline",
                         "HOST": os.environ.get("PGHOST", "/tmp"), "USER": "sightline_owner"}}
