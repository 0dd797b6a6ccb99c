"""Name the app for Django."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Name the app."""

    name = "sightline.apps.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"
