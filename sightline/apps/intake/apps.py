"""Name the app for Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Name the app."""

    name = "sightline.apps.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
