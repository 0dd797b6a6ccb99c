"""Name the app for Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Agencies, officers, pieces of work, audit."""

    name = "sightline.apps.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
