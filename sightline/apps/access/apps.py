"""The Django app that knows officers."""

from django.apps import AppConfig


class Access(AppConfig):
    """Name the app."""

    name = "sightline.apps.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
