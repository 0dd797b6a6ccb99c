"""Name the app for Django."""

from django.apps import AppConfig


class LookbackConfig(AppConfig):
    """Name the app."""

    name = "sightline.apps.lookback"
    label = "lookback"
    default_auto_field = "django.db.models.BigAutoField"
