"""Name the app for Django."""

from django.apps import AppConfig


class CircleConfig(AppConfig):
    """Name the app."""

    name = "sightline.apps.circle"
    label = "circle"
    default_auto_field = "django.db.models.BigAutoField"
