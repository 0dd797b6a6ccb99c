"""What stands filled in when somebody opens the form to share: what a duty, a request or an older decision asks."""

import re
from collections.abc import Sequence
from uuid import UUID

from sightline.apps.access.acting import Acting
from sightline.apps.access.queries import AgencyBook, AgencyFacts, agency_book
from sightline.apps.disclosure.queries import asked_for, disclosure
from sightline.apps.duties.queries import DutyFacts
from sightline.apps.duties.queries import duty as duty_kept
from sightline.apps.people.queries import parts_of
from sightline.apps.record.queries import Told, told_of
from sightline.apps.signs.queries import SignFacts, signs_of
from sightline.domain.access.roles import Sight
from sightline.domain.disclosure.gateways import offered_to
from sightline.domain.vocabulary.agency import AgencyKind
from sightline.domain.vocabulary.sign import Family
from sightline.interfaces.web.child.pages import in_a_line
from sightline.interfaces.web.sharing.forms import Offered

MOST_ENTRIES = 60
POLICE_OF_HOME = "police force where the child lives"
WITH_SIGNS = ("D-PLC-5",)
"""Duties to tell somebody of a child's warning signs."""


def offered_for(
    person: UUID, *, acting: Acting, about: UUID | None, duty: UUID | None, request: UUID | None, replaces: UUID | None,
) -> Offered:
    """Give what the form offers: the newest of the record, the signs, the agencies, and what is asked about."""
    book = agency_book()
    whole = acting.role.sight is Sight.WHOLE
    told = [t for t in told_of(person, most=MOST_ENTRIES) if not t.withdrawn and not t.corrected
            and t.entry.kind != "decision.made"
            and (whole or t.agency == acting.agency)]
    owed = duty_kept(duty) if duty else None
    owed = owed if owed and owed.person == person else None
    # A failure of ours is no sign of the child: nobody else needs it to protect the child.
    signs = [s for s in signs_of(person) if s.closed is None and s.family != Family.SYSTEM] if whole else []
    before = disclosure(replaces) if replaces else None
    chosen = {str(id_) for id_ in (about, owed and owed.started_by) if id_}
    chosen |= {str(item.entry) for item in before.items if item.entry} if before else set()
    asked = asked_for(request) if request else None
    suggested = _suggested(person, owed, book, also=[
        *([asked.asked_by_id] if asked else []), *([r.agency_id for r in before.recipients] if before else [])])
    return Offered(
        gateways=offered_to(AgencyKind(book.by_id[acting.agency].kind),
                            tuple(AgencyKind(one.kind) for one in suggested)),
        agencies=sorted((one for one in book.by_id.values() if one.id != acting.agency), key=lambda one: one.name),
        suggested=suggested,
        entries=[_line(t) for t in told if t.entry.id in chosen],
        more=[_line(t) for t in told if t.entry.id not in chosen],
        signs=[(s.code, s.title) for s in signs], signs_asked_for=bool(owed and owed.code in WITH_SIGNS),
        sign_words={s.code: _in_words(s) for s in signs},
        about=_about(owed, about), request=asked.id if asked else None, replaces=before.id if before else None)


def _about(owed: DutyFacts | None, about: UUID | None) -> str:
    if owed is None:
        return str(about) if about else ""
    return f"{owed.code}:{owed.started_by}" if owed.started_by else owed.code


def _suggested(
    person: UUID, owed: DutyFacts | None, book: AgencyBook, *, also: Sequence[int]
) -> list[AgencyFacts]:
    """Suggest the forces to which a duty about telling is owed, for another duty that of the home; else who asked."""
    ids = list(also)
    if owed is not None and owed.code in WITH_SIGNS:
        ids += [one.id for one in book.by_id.values() if one.kind == "police" and one.area
                and re.search(rf"\b{re.escape(one.area)}\b", owed.owed_to)]
    elif owed is not None:
        ids += [p.agency_id for p in parts_of(person) if p.part == POLICE_OF_HOME]
    return [book.by_id[id_] for id_ in dict.fromkeys(ids) if id_ in book.by_id]


def _line(told: Told) -> tuple[str, str]:
    return told.entry.id, in_a_line(told)


def _in_words(sign: SignFacts) -> str:
    return f"{sign.title}: {'; '.join(sign.reasons)}."
