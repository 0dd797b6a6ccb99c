"""Name the app for Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Name the app."""

    name = "sightline.apps.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
