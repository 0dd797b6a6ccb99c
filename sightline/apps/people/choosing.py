"""Keep trained weights, put kept ones into use, and set the thresholds beside them: each with who and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from sightline.apps.access.actions import keep_audit
from sightline.apps.people.models import Weights, WeightsChange
from sightline.apps.people.weights import FIRST, in_use, model_of, thresholds_of
from sightline.domain.linkage.deciding import Thresholds
from sightline.domain.linkage.model import Model


class NoSuchWeights(LookupError):
    """No weights of this digest are kept. sightline weights show lists them; “first” are those that we bring."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class WeightsNeedReason(ValueError):
    """Say why: whoever asks later why two records were joined must be able to read it. Name no child."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@transaction.atomic
def keep_weights(model: Model, *, trained_on: int, at: datetime) -> bool:
    """Keep a trained model, not in use, with the thresholds of the model in use; give whether it is new.

    `trained_on` is how many records were looked at; the model says how many there are.
    """
    _hold()
    thresholds = in_use().thresholds
    row, made = Weights.objects.get_or_create(digest=model.digest, defaults={
        "made_at": at, "document": model.written(), "trained_on": trained_on, "of_records": model.records,
        **_columns(thresholds)})
    if made:
        keep_audit(None, act="train weights", writes=True, about={"weights": row.pk})
    return made


@transaction.atomic
def use_weights(digest: str, *, officer: UUID, reason: str, at: datetime) -> bool:
    """Put a kept model into use, or the first one ("first"); give whether another was in use before.

    Nothing moves: what is told from now on is weighed by it, and by night every record, which only asks. Raises
    NoSuchWeights, WeightsNeedReason.
    """
    _require_reason(reason)
    _hold()
    row = Weights.objects.filter(digest=_named(digest)).first()
    if row is None:
        raise NoSuchWeights
    if row.in_use:
        return False
    Weights.objects.filter(in_use=True).update(in_use=False)
    Weights.objects.filter(pk=row.pk).update(in_use=True)
    _note(row, WeightsChange.USED, officer=officer, reason=reason, at=at)
    keep_audit(None, act="put weights into use", writes=True, about={"weights": row.pk, "officer": str(officer)})
    return True


@transaction.atomic
def set_thresholds(thresholds: Thresholds, *, officer: UUID, reason: str, at: datetime) -> bool:
    """Set the thresholds of the model in use; give whether they were others. Raises WeightsNeedReason."""
    _require_reason(reason)
    _hold()
    row = Weights.objects.get(in_use=True)
    if thresholds_of(row) == thresholds:
        return False
    Weights.objects.filter(pk=row.pk).update(**_columns(thresholds))
    row.refresh_from_db()
    _note(row, WeightsChange.THRESHOLDS, officer=officer, reason=reason, at=at)
    keep_audit(None, act="set thresholds", writes=True, about={"weights": row.pk, "officer": str(officer)})
    return True


@dataclass(frozen=True, slots=True)
class OtherSide:
    """Count what stands on the other side under other thresholds: links and waiting doubts, as weighed at their time.

    `unjoined` links weigh less than joining would ask now, `questioned` of them so little that the night asks about
    them; `joinable` doubts weigh enough to be joined if nothing forbids it, `unasked` would not be asked any more.
    """

    links: int
    doubts: int
    unjoined: int
    questioned: int
    joinable: int
    unasked: int


# A link is a record that stands where a comparison put it last.
OTHER_SIDE = """
select l.links, d.doubts, l.unjoined, l.questioned, d.joinable, d.unasked from (
  select count(*) as links, count(*) filter (where j.bits < %(join)s) as unjoined,
    count(*) filter (where j.bits < %(keep)s) as questioned
  from (select distinct on (identity_id) how, bits from people_joining order by identity_id, at desc, id desc) j
  where j.how = 'comparison' and j.bits is not null) l, (
  select count(*) as doubts, count(*) filter (where bits >= %(join)s) as joinable,
    count(*) filter (where bits < %(ask)s) as unasked
  from people_doubt where answer = 'open' and bits is not null and within_id is null) d
"""


def other_side(thresholds: Thresholds) -> OtherSide:
    """Count the links and doubts of now that these thresholds would have put otherwise; nothing is changed."""
    with connection.cursor() as cursor:
        cursor.execute(OTHER_SIDE, {"join": thresholds.join, "keep": thresholds.keep, "ask": thresholds.ask})
        return OtherSide(*cursor.fetchone())


def _hold() -> None:
    """Wait for whoever changes weights just now: one model is in use before and after."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('people.weights'))")


def _named(digest: str) -> str:
    return FIRST if digest == model_of(FIRST).digest else digest


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise WeightsNeedReason


def _columns(thresholds: Thresholds) -> dict[str, float]:
    return {"join_at": thresholds.join, "keep_from": thresholds.keep, "ask_from": thresholds.ask}


def _note(row: Weights, what: str, *, officer: UUID, reason: str, at: datetime) -> None:
    WeightsChange.objects.create(weights=row, what=what, officer_id=officer, reason=reason.strip(), at=at,
                                 **_columns(thresholds_of(row)))
