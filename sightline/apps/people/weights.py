"""The weights and thresholds that are in use: a deployment's own where it put some into use, else the first model."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import connection
from django.db.models import QuerySet

from sightline.apps.access.bulk import often
from sightline.apps.people.models import Weights, WeightsChange
from sightline.domain.linkage.deciding import Thresholds
from sightline.domain.linkage.model import Model
from sightline.reference.linkage import first_model

FIRST = Weights.FIRST
"""The name under which the first model that we bring is put into use."""
BYTES_A_RECORD = 250
"""About what an identity takes with its keys. While much arrives at once the database has counted too few; with too
few counted, strangers would be taken for one child."""
IN_USE = """
select w.digest, w.join_at, w.keep_from, w.ask_from, (
  select greatest(c.reltuples::bigint, pg_relation_size(c.oid) / %s) from pg_class c
  where c.oid = 'people_identity'::regclass)
from people_weights w where w.in_use
"""


@dataclass(frozen=True, slots=True)
class InUse:
    """Hold the model by which records are compared now, fitted to how many there are, and its thresholds."""

    digest: str
    model: Model
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class Used:
    """Hold who put a model into use, when and why."""

    officer: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Hold what is known of a kept model; `used` lists who put it into use, the newest first.

    The first model that we bring is called "first", and was trained elsewhere.
    """

    digest: str
    made_at: datetime
    in_use: bool
    trained_on: int | None
    of_records: int | None
    thresholds: Thresholds
    used: Sequence[Used]


def in_use() -> InUse:
    """Give the model by which records are compared now, for about as many records as there are, and the thresholds.

    Which it is stands in the database and is asked each time, so that every process follows at once.
    """
    return fitted(*often(IN_USE, [BYTES_A_RECORD])[0])


def fitted(digest: str, join: float, keep: float, ask: float, records: int) -> InUse:
    """Give a kept model and thresholds as IN_USE names them, fitted to so many records."""
    return InUse(digest, model_of(digest).sized(records), Thresholds(join, keep, ask))


def weights_in_use() -> Model:
    """Give the model by which records are compared now, for about as many records as there are."""
    return in_use().model


def kept_models() -> list[Kept]:
    """List all models that are kept, the newest first."""
    return _kept(Weights.objects.order_by("-made_at", "-id"))


def kept_in_use() -> Kept:
    """Give what is known of the model in use."""
    (kept,) = _kept(Weights.objects.filter(in_use=True))
    return kept


def _kept(rows: QuerySet[Weights]) -> list[Kept]:
    found = list(rows.defer("document"))
    used: dict[int, list[Used]] = {}
    changes = WeightsChange.objects.select_related("officer").filter(weights__in=found, what=WeightsChange.USED)
    for change in changes.order_by("-at", "-id"):
        used.setdefault(change.weights_id, []).append(Used(change.officer.name, change.at, change.reason))
    return [Kept(row.digest, row.made_at, row.in_use, row.trained_on, row.of_records, thresholds_of(row),
                 used.get(row.pk, [])) for row in found]


def thresholds_of(row: Weights) -> Thresholds:
    """Give the thresholds that are kept beside a model."""
    return Thresholds(row.join_at, row.keep_from, row.ask_from)


@lru_cache(maxsize=4)
def model_of(digest: str) -> Model:
    """Give a kept model by its digest, or the first one; the document of a row is never changed."""
    if digest == FIRST:
        return Model.read(first_model())
    with connection.cursor() as cursor:
        cursor.execute("select document from people_weights where digest = %s", [digest])
        return Model.read(cursor.fetchone()[0])
