"""Name the app for Django."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """Name the app."""

    name = "sightline.apps.duties"
    label = "duties"
    default_auto_field = "django.db.models.BigAutoField"
