"""Name the app for Django."""

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    """Name the app."""

    name = "sightline.apps.custody"
    label = "custody"
    default_auto_field = "django.db.models.BigAutoField"
