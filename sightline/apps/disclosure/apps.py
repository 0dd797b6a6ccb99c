"""Name the app for Django."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Name the app."""

    name = "sightline.apps.disclosure"
    label = "disclosure"
    default_auto_field = "django.db.models.BigAutoField"
