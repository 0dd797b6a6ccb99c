"""Name the app for Django."""

from django.apps import AppConfig


class SignsConfig(AppConfig):
    """Name the app."""

    name = "sightline.apps.signs"
    label = "signs"
    default_auto_field = "django.db.models.BigAutoField"
