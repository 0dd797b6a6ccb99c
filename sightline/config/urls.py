"""The addresses of the pages. /healthz and /readyz are answered before these (sightline.interfaces.serve.health)."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
