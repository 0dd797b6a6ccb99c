"""One table that row-level security guards, and that may only be appended to."""

from django.db import models


class Note(models.Model):
    """A note that belongs to an agency."""

    agency = models.IntegerField()
    text = models.TextField(unique=True)
