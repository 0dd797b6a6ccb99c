"""The weights that are in use: a deployment's own where it has trained some, else the first model."""

from functools import lru_cache

from django.db import connection

from sightline.domain.linkage.model import Model
from sightline.reference.linkage import first_model

BYTES_A_RECORD = 250
"""About what an identity takes with its keys. While much arrives at once the database has counted too few; with too
few counted, strangers would be taken for one child."""
IN_USE = """
select (select w.id from people_weights w where w.in_use),
  (select greatest(c.reltuples::bigint, pg_relation_size(c.oid) / %s) from pg_class c
    where c.oid = 'people_identity'::regclass)
"""


def weights_in_use() -> Model:
    """Give the model by which records are compared now, for about as many records as there are."""
    with connection.cursor() as cursor:
        cursor.execute(IN_USE, [BYTES_A_RECORD])
        row_id, records = cursor.fetchone()
        model = _first() if row_id is None else _kept(row_id)
    return model.sized(records)


@lru_cache(maxsize=1)
def _first() -> Model:
    return Model.read(first_model())


@lru_cache(maxsize=4)
def _kept(row_id: int) -> Model:
    """Give a kept model; a row is never changed but for being in use or not."""
    with connection.cursor() as cursor:
        cursor.execute("select document from people_weights where id = %s", [row_id])
        return Model.read(cursor.fetchone()[0])
