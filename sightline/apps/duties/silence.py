"""Tell people that a feed fell silent: the agency's own manager, and those of the councils in whose area it works."""

from datetime import datetime

from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import AgencyBook, around
from sightline.apps.duties.actions import NOTICE_COLUMNS
from sightline.apps.intake.listening import fallen_silent
from sightline.domain.vocabulary.agency import AgencyKind

OWN = "Nothing has come from us for longer than usual: {feed}. See to it that it is sent, or say why."
HUB = "{agency} has told nothing for longer than usual: {feed}. What is not told of children there is not known."


def tell_of_silence(*, book: AgencyBook, at: datetime, most: int) -> int:
    """Tell managers of feeds that fell silent, each silence once; give how many feeds that were. May be repeated."""
    silent = fallen_silent(at=at, most=most)
    notices = []
    for agency, feed, last_at in silent:
        told = [(agency, OWN)] + [(id_, HUB) for id_, _ in around(agency).agencies
                                  if book.by_id[id_].kind == AgencyKind.COUNCIL]
        for to, words in told:
            desk = book.desk(to, "manager")
            if desk is not None:
                about = words.format(agency=book.by_id[agency].name, feed=feed)[:300]
                notices.append((f"feed:{agency}:{feed}:{last_at.isoformat()}:{to}"[:120], None, None, None, to, desk.id,
                                about, at, 0, at))
    insert("duties_notice", NOTICE_COLUMNS, notices, ending="on conflict (key) do nothing")
    return len(silent)
