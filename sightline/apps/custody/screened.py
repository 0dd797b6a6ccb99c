"""Ask what a child in custody was asked and said, and how the victim screen was decided."""

import json
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.custody.saving import Saved
from sightline.domain.custody.screen import ENDS, Heard, Outcome
from sightline.domain.custody.typed import KEPT_FOR


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """Hold one talk as people read it; `answers` by the code of the question."""

    asked_at: datetime
    asked_by: str
    agency: str
    alone: bool
    why_not_alone: str
    adult: str
    words: str
    mood: str
    injuries: str
    answers: Mapping[str, tuple[Heard, str]]


@dataclass(frozen=True, slots=True)
class ScreenFacts:
    """Hold one decision of a screen as people read it; `shown` and `facts` as they stood on the page then."""

    number: int
    agency: str
    decided_by: str
    decided_by_id: UUID
    decided_at: datetime
    outcome: Outcome
    reasons: str
    shown: Sequence[Mapping[str, Any]]
    facts: Sequence[Mapping[str, str]]
    answers: Mapping[str, str]

    @property
    def ends(self) -> bool:
        """Tell whether the child has been screened by it."""
        return self.outcome in ENDS


HEARING = """exists (
    select 1 from responsibility_ownerchange c where c.event_id = %(event)s and c.agency_id = %(agency)s)
  and sightline_hears_child(%(event)s, %(agency)s), sightline_hears_child(%(event)s, 0)"""


def hearing(event_id: UUID, *, agency: int) -> tuple[bool, bool]:
    """Tell whether the officer at work hears the child for a force that held the child, and for a council."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {HEARING}", {"event": event_id, "agency": agency})  # nosec B608: constants only
        held, whole = cursor.fetchone()
        return bool(held), bool(whole)


SCREENED = """
select (select jsonb_agg(to_jsonb(t) || jsonb_build_object('by', o.name, 'force', a.name)
      order by t.noted_at desc, t.id)
    from custody_screentalk t join access_officer o on o.id = t.asked_by_id join access_agency a on a.id = t.agency_id
    where t.event_id = %(event)s),
  (select jsonb_agg(to_jsonb(d) || jsonb_build_object('by', o.name, 'force', a.name) order by d.number desc)
    from custody_screendecision d join access_officer o on o.id = d.decided_by_id
      join access_agency a on a.id = d.agency_id where d.event_id = %(event)s),
  (select jsonb_agg(jsonb_build_object('form', s.form, 'told', encode(s.told, 'base64'), 'at', s.saved_at))
    from custody_savedform s where s.event_id = %(event)s and s.agency_id = %(agency)s and s.saved_at > %(since)s
      and s.officer_id = nullif(current_setting('sightline.officer', true), '')::uuid and s.told <> ''::bytea),
  """ + HEARING  # nosec B608: constants only


@dataclass(frozen=True, slots=True)
class Screened:
    """Hold the talks and the decisions of one event's screen, each the newest first, and who is at work.

    `held` says that the officer hears the child for a force that held the child, `whole` for a council. `saved` is what
    the officer has typed into the forms of the case and not sent.
    """

    talks: Sequence[TalkFacts]
    decisions: Sequence[ScreenFacts]
    held: bool
    whole: bool
    saved: Mapping[str, Saved]

    @property
    def ended(self) -> ScreenFacts | None:
        """Give the decision that holds: the newest by which the child has been screened."""
        return next((one for one in self.decisions if one.ends), None)


def screened_of(event_id: UUID, *, agency: int, at: datetime) -> Screened:
    """Give how a child in custody was screened, for those who may hear the child."""
    with connection.cursor() as cursor:
        cursor.execute(SCREENED, {"event": event_id, "agency": agency, "since": at - KEPT_FOR})
        talks, decisions, saved, held, whole = cursor.fetchone()
    return Screened(
        [_talk(told) for told in _rows(talks)], [_decision(told) for told in _rows(decisions)], bool(held), bool(whole),
        {one["form"]: Saved(b64decode(one["told"]), datetime.fromisoformat(one["at"])) for one in _rows(saved)})


def _rows(told: Any) -> list[Mapping[str, Any]]:
    return json.loads(told) if isinstance(told, str) else told or []


def _talk(t: Mapping[str, Any]) -> TalkFacts:
    answers = {code: (Heard(told["heard"]), told["words"]) for code, told in t["answers"].items()}
    return TalkFacts(datetime.fromisoformat(t["asked_at"]), t["by"], t["force"], t["alone"], t["why_not_alone"],
                     t["adult"], t["words"], t["mood"], t["injuries"], answers)


def _decision(d: Mapping[str, Any]) -> ScreenFacts:
    return ScreenFacts(d["number"], d["force"], d["by"], UUID(d["decided_by_id"]),
                       datetime.fromisoformat(d["decided_at"]), Outcome(d["outcome"]), d["reasons"], d["shown"],
                       d["facts"], d["answers"])
