"""Tell people that a feed fell silent or an input dried up: the agency's own manager, and those of its councils."""

from collections.abc import Iterable
from datetime import datetime

from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import AgencyBook, around
from sightline.apps.duties.actions import NOTICE_COLUMNS
from sightline.apps.intake.listening import fallen_silent
from sightline.apps.people.dry_spells import newly_dry
from sightline.domain.people.inputs import INPUTS
from sightline.domain.vocabulary.agency import AgencyKind

OWN = "Nothing has come from us for longer than usual: {feed}. See to it that it is sent, or say why."
HUB = "{agency} has told nothing for longer than usual: {feed}. What is not told of children there is not known."
OWN_DRY = ("{what} stood in {before} of what we tell, and now stands in {now}. Children are found by it. See to it that"
           " it is told again, or say why it is not.")
HUB_DRY = ("{agency} told {what} in {before} of what it tells, and now tells it in {now}. Children are found by it, so"
           " some may not be found to be one. Ask the agency what changed.")

Rows = list[tuple[object, ...]]


def tell_of_silence(*, book: AgencyBook, at: datetime, most: int) -> int:
    """Tell managers of feeds that fell silent, each silence once; give how many feeds that were. May be repeated."""
    silent = fallen_silent(at=at, most=most)
    notices: Rows = []
    for agency, feed, last_at in silent:
        notices += _to_managers(agency, f"feed:{agency}:{feed}:{last_at.isoformat()}", OWN.format(feed=feed),
                                HUB.format(agency=book.by_id[agency].name, feed=feed), book=book, at=at)
    _tell(notices)
    return len(silent)


def tell_of_dry_inputs(*, book: AgencyBook, at: datetime, most: int) -> int:
    """Tell managers of inputs that dried up, each spell once; give how many those were. May be repeated."""
    dry = newly_dry(at=at, most=most)
    notices: Rows = []
    for one in dry:
        shares = {"before": f"{one.before * 100:.0f} %", "now": f"{one.now * 100:.0f} %"}
        what = INPUTS[one.name]
        notices += _to_managers(one.agency, f"input:{one.agency}:{one.name}:{one.week.isoformat()}",
                                OWN_DRY.format(what=what.capitalize(), **shares),
                                HUB_DRY.format(agency=one.agency_name, what=what, **shares), book=book, at=at)
    _tell(notices)
    return len(dry)


def _to_managers(agency: int, key: str, own: str, hub: str, *, book: AgencyBook, at: datetime) -> Rows:
    """Give the notices to the agency's own manager, and to those of the councils around it."""
    councils = [id_ for id_, _ in around(agency).agencies if book.by_id[id_].kind == AgencyKind.COUNCIL]
    return [(f"{key}:{to}"[:120], None, None, None, to, desk.id, words[:300], at, 0, at)
            for to, words in [(agency, own), *((id_, hub) for id_ in councils)]
            if (desk := book.desk(to, "manager")) is not None]


def _tell(notices: Iterable[tuple[object, ...]]) -> None:
    insert("duties_notice", NOTICE_COLUMNS, list(notices), ending="on conflict (key) do nothing")
