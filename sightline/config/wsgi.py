"""The door through which gunicorn hands requests to Django."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from sightline.config.environment import read_environment
from sightline.config.folders import DataFolder, UnusableFolder

if not DataFolder(read_environment().data).exists:
    # Without the folder every process would sign cookies with a key of its own and reach no database.
    raise UnusableFolder("Sightline has not been started in this folder. Run sightline serve.")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.config.settings")
application: WSGIHandler = get_wsgi_application()
