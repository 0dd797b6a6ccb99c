"""Name the app for Django."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Name the app."""

    name = "sightline.apps.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"
