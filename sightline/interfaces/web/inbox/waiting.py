"""Wait a moment after something was recorded, so that the next page already shows what follows from it."""

import time
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from sightline.apps.record.queries import has_news

LONGEST_SECONDS = 1.5
PAUSE_SECONDS = 0.05

WAITING: list[UUID] = []
