"""The addresses of the pages."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("sightline.interfaces.web.sign_in.urls")),
    path("_look/", include("sightline.interfaces.web.look.urls")),
]

handler400 = "sightline.interfaces.web.errors.bad_request"
handler403 = "sightline.interfaces.web.errors.forbidden"
handler404 = "sightline.interfaces.web.errors.not_found"
handler429 = "sightline.interfaces.web.errors.too_many"
handler500 = "sightline.interfaces.web.errors.broken"
