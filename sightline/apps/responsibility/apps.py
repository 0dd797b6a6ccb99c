"""Name the app for Django."""

from django.apps import AppConfig


class ResponsibilityConfig(AppConfig):
    """Name the app."""

    name = "sightline.apps.responsibility"
    label = "responsibility"
    default_auto_field = "django.db.models.BigAutoField"
