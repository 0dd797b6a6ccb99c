"""Name the app for Django."""

from django.apps import AppConfig


class OffendersConfig(AppConfig):
    """Name the app."""

    name = "sightline.apps.offenders"
    label = "offenders"
    default_auto_field = "django.db.models.BigAutoField"
