"""Name the app for Django."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Name the app."""

    name = "sightline.apps.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"
