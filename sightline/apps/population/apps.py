"""Name the app for Django."""

from django.apps import AppConfig


class PopulationConfig(AppConfig):
    """Name the app."""

    name = "sightline.apps.population"
    label = "population"
    default_auto_field = "django.db.models.BigAutoField"
