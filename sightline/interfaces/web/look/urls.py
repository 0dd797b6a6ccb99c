"""The addresses of the look page."""

from django.urls import path

from sightline.interfaces.web.look import views

urlpatterns = [
    path("", views.look, name="look"),
    path("record/", views.record, name="look_record"),
    path("list/", views.queue, name="look_list"),
    path("said/", views.said, name="look_said"),
    path("form/", views.form, name="look_form"),
    path("error/<int:status>/", views.error, name="look_error"),
]
