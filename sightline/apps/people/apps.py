"""Name the app for Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Name the app."""

    name = "sightline.apps.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
