"""Name the app for Django."""

from django.apps import AppConfig


class SlaveryConfig(AppConfig):
    """Name the app."""

    name = "sightline.apps.slavery"
    label = "slavery"
    default_auto_field = "django.db.models.BigAutoField"
