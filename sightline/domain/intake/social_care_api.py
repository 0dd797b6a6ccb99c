"""The children's social care payload that councils send to the Department for Education day by day (0.7 and 0.8).

A payload may be partial: what is absent is unchanged. `purge` at any level takes back what was told at that level and
below. An event is told only where its own start is in the payload, for without it nobody knows when it was.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from sightline.domain.intake.facts import told_facts
from sightline.domain.intake.feed import Column, Feed, Table
from sightline.domain.intake.files.limits import LARGEST_FILE_BYTES
from sightline.domain.intake.files.objects import read_objects
from sightline.domain.intake.files.survey import require_kind, size_of
from sightline.domain.intake.order import before
from sightline.domain.intake.payload import Part
from sightline.domain.intake.person import (
    birth_told,
    code_or_words,
    home_told,
    identifier_problems,
    key_part,
    postcode_problems,
    sex_of,
    sex_problems,
)
from sightline.domain.intake.row import Fault, Sender, SortedRow, Told, Withdrawn
from sightline.domain.intake.ssda903 import PLANNED, STARTED, STATUS_OF_PLACEMENT_ONLY
from sightline.domain.intake.values import place_of
from sightline.domain.vocabulary.identity import Identity
from sightline.reference.codes import cin_codes

SCHEME = "social-care-api"

PURGED = "The council purged it."
NO_FURTHER_ACTION = "no further action"
NO_CONFERENCE = "initial conference not required"

EPISODE_KEYS = (
    "social_care_episode_id", "referral_date", "referral_source", "referral_no_further_action_flag", "closure_date",
    "closure_reason", "care_worker_details", "child_and_family_assessments", "child_in_need_plans",
    "section_47_assessments", "child_protection_plans", "child_looked_after_placements", "adoption", "care_leavers",
    "purge",
)  # fmt: skip
CHILD_KEYS = (
    "la_child_id", "mis_child_id", "purge", "child_details", "health_and_wellbeing", "social_care_episodes",
)  # fmt: skip


class _Tellings:
    """Gather what the payload of one child tells and takes back."""

    def __init__(self, sender: Sender, on: date | None) -> None:
        self.authority = sender.name if sender.kind == "council" else None
        self.on = on
        self.told: list[Told] = []
        self.withdrawn: list[Withdrawn] = []

    def purged(self, part: Part, key: str) -> bool:
        """Take back what was told under a key where the payload purges it."""
        if not part.flag("purge"):
            return False
        self.withdrawn.append(Withdrawn(key, PURGED))
        return True


def _read_child(child: Part, sender: Sender, on: date | None) -> tuple[Identity | None, _Tellings]:
    tellings = _Tellings(sender, on)
    child.note_unknown(CHILD_KEYS)
    key = child.text("la_child_id")
    if key is None:
        child.fault("la_child_id", "This is missing; without it nobody can be told which child is meant.")
    if tellings.purged(child, ""):
        return (Identity(scheme=SCHEME, key=key) if key else None), tellings
    identity = _identity(child.part("child_details"), key or "", tellings)
    for episode in child.parts("social_care_episodes"):
        _read_episode(episode, tellings)
    return (identity if key else None), tellings


def _identity(details: Part | None, key: str, tellings: _Tellings) -> Identity:
    if details is None or tellings.purged(details, "details"):
        return Identity(scheme=SCHEME, key=key)
    born_on, postcode = details.day("date_of_birth", tellings.on), details.text("postcode")
    upn, former = details.text("unique_pupil_number"), details.text("former_unique_pupil_number")
    told_sex = details.text("sex")
    numbers = {"unique_pupil_number": ("upn", upn), "former_unique_pupil_number": ("former-upn", former)}
    details.problems(identifier_problems(numbers))
    details.problems(sex_problems("sex", told_sex))
    details.problems(postcode_problems("postcode", postcode))
    tellings.told += [Told("child.born", t.at, "details/born") for t in birth_told(born_on)]
    if postcode is not None and tellings.on is not None:
        tellings.told += home_told(postcode, tellings.on, f"details/home/{tellings.on}")
    elif postcode is not None:
        details.note("postcode", "The payload has no date, so the home was not told.")
    return Identity(
        scheme=SCHEME,
        key=key,
        given=details.text("first_name"),
        family=details.text("surname"),
        born_on=born_on,
        sex=sex_of(told_sex),
        ethnicity=code_or_words("Ethnicity", details.text("ethnicity")),
        identifiers={kind: value for kind, value in numbers.values() if value is not None},
        postcode=postcode,
    )


def _read_episode(episode: Part, tellings: _Tellings) -> None:
    episode.note_unknown(EPISODE_KEYS)
    name = episode.needed("social_care_episode_id")
    key = f"episode/{key_part(name)}"
    if name is None or tellings.purged(episode, key):
        return
    _read_referral(episode, tellings, key)
    for worker in episode.parts("care_worker_details"):
        start, end = worker.period(tellings.on)
        who = worker.needed("worker_id")
        if start is not None and who is not None:
            tellings.told.append(
                Told("care.worker", start, f"{key}/worker/{key_part(who)}/{start}", {"worker": who}, until=end)
            )
    for assessment in episode.parts("child_and_family_assessments"):
        _read_assessment(assessment, tellings, key)
    for plan in episode.parts("child_in_need_plans"):
        _read_plan(plan, tellings, f"{key}/cin-plan", "child_in_need_plan_id")
    for enquiry in episode.parts("section_47_assessments"):
        _read_enquiry(enquiry, tellings, key)
    for plan in episode.parts("child_protection_plans"):
        _read_plan(plan, tellings, f"{key}/cp-plan", "child_protection_plan_id")
    for placement in episode.parts("child_looked_after_placements"):
        _read_placement(placement, tellings, key)


def _read_referral(episode: Part, tellings: _Tellings, key: str) -> None:
    referred, closed = episode.day("referral_date", tellings.on), episode.day("closure_date", tellings.on)
    episode.problems(before("closure_date", closed, "referral_date", referred))
    source = code_or_words("Referral Source", episode.text("referral_source"))
    no_further_action = episode.flag("referral_no_further_action_flag")
    if referred is not None:
        tellings.told.append(Told("care.referral", referred, f"{key}/referral", told_facts({"source": source})))
        if no_further_action:
            decision = {"decision": NO_FURTHER_ACTION}
            tellings.told.append(Told("care.decision", referred, f"{key}/decision", decision))
    elif source is not None or no_further_action:
        episode.note("referral_date", "Without this day what the payload says of the referral cannot be told.")
    if closed is not None:
        reason = code_or_words("Reason for Closure", episode.text("closure_reason"))
        tellings.told.append(Told("care.closed", closed, f"{key}/closed", told_facts({"reason": reason})))


def _read_assessment(assessment: Part, tellings: _Tellings, key: str) -> None:
    name = assessment.needed("child_and_family_assessment_id")
    if name is None or tellings.purged(assessment, f"{key}/assessment/{key_part(name)}"):
        return
    start, end = assessment.period(tellings.on, end_name="authorisation_date")
    known, factors = cin_codes("assessmentfactors"), []
    for code in assessment.texts("factors"):
        if code.upper() in known:
            factors.append(code.upper())
        else:
            assessment.note("factors", "One of these is no factor of the census; it was left out.")
    if start is not None:
        facts = told_facts({"factors": tuple(dict.fromkeys(factors))})
        tellings.told.append(Told("care.assessment", start, f"{key}/assessment/{key_part(name)}", facts, until=end))


def _read_plan(plan: Part, tellings: _Tellings, key: str, id_name: str) -> None:
    name = plan.needed(id_name)
    if name is None or tellings.purged(plan, f"{key}/{key_part(name)}"):
        return
    start, end = plan.period(tellings.on)
    kind = "child in need" if key.endswith("/cin-plan") else "child protection"
    if start is not None:
        tellings.told.append(Told("care.plan", start, f"{key}/{key_part(name)}", {"type": kind}, until=end))


def _read_enquiry(enquiry: Part, tellings: _Tellings, key: str) -> None:
    name = enquiry.needed("section_47_assessment_id")
    key = f"{key}/enquiry/{key_part(name)}"
    if name is None or tellings.purged(enquiry, key):
        return
    start, end = enquiry.period(tellings.on)
    held, required = enquiry.day("icpc_date", None), enquiry.flag("icpc_required_flag")
    if start is not None:
        decision = NO_CONFERENCE if required is False else None
        tellings.told.append(Told("care.strategy-discussion", start, f"{key}/strategy-discussion"))
        tellings.told.append(Told("care.enquiry", start, key, told_facts({"decision": decision}), until=end))
    if held is not None and tellings.on is not None and held > tellings.on:
        enquiry.note("icpc_date", "This lies in the future; the conference is told when it was held.")
    elif held is not None:
        tellings.told.append(Told("care.conference", held, f"{key}/conference"))


def _read_placement(placement: Part, tellings: _Tellings, key: str) -> None:
    name = placement.needed("child_looked_after_placement_id")
    key = f"{key}/placement/{key_part(name)}"
    if name is None or tellings.purged(placement, key):
        return
    start, end = placement.period(tellings.on)
    postcode = placement.text("postcode")
    placement.problems(postcode_problems("postcode", postcode))
    place = place_of(postcode)
    facts = told_facts(
        {
            "type": code_or_words("Placement Type", placement.text("placement_type")),
            "postcode": place.postcode if place else None,
            "authority": tellings.authority,
        }
    )
    began = (placement.text("start_reason") or "").upper()
    change = placement.text("change_reason") or placement.text("end_reason")
    if start is not None and began == STARTED:
        tellings.told.append(
            Told("care.looked-after", start, f"{key}/looked-after", told_facts({"authority": tellings.authority}))
        )
    if start is not None:
        reason = told_facts({"reason": began or None})
        tellings.told.append(Told("care.placement", start, key, facts | reason, until=end, place=place))
    if end is not None and (change or "").upper() != STATUS_OF_PLACEMENT_ONLY:
        code = change.upper() if change else None
        ended = facts | told_facts({"reason": code, "planned": PLANNED.get(code or "")})
        tellings.told.append(Told("care.placement-ended", end, f"{key}/ended", ended, place=place))


def _children(item: dict[str, Any]) -> list[Any]:
    """Give the children of a payload: `Children` holds one or a list; without it the object is itself a child."""
    for name in ("Children", "children"):
        if name in item:
            found = item[name]
            return found if isinstance(found, list) else [found]
    return [item]


def _rows(number: int, item: dict[str, Any], sender: Sender, on: date | None) -> Iterator[SortedRow]:
    for child in _children(item):
        if not isinstance(child, dict):
            yield SortedRow(number, None, faults=(Fault(number, "Children", "", "A child is an object."),))
            continue
        part = Part(child, number)
        identity, tellings = _read_child(part, sender, on)
        faults = tuple(part.faults)
        if identity is None or any(fault.turns_back for fault in faults):
            yield SortedRow(number, None, faults=faults)
        else:
            yield SortedRow(number, identity, tuple(tellings.told), tuple(tellings.withdrawn), faults)


def sort(
    stream: BinaryIO, sender: Sender, *, on: date | None = None, limit_bytes: int = LARGEST_FILE_BYTES
) -> Iterator[SortedRow]:
    """Sort a payload, a list of payloads, or one payload a line; rows are numbered by payloads."""
    size = size_of(stream, limit_bytes)
    require_kind(stream, ("json",))
    for number, item in read_objects(stream, size):
        if isinstance(item, str):
            yield SortedRow(number, None, faults=(Fault(number, "", "", item),))
        else:
            yield from _rows(number, item, sender, on)


_D = "social_care_episodes"
_COLUMNS = (
    ("la_child_id", "The council's number of the child", "text", True, "identity"),
    ("purge", "Whether everything told of the child is taken back", "true or false", False, "withdraws everything"),
    ("child_details.unique_pupil_number", "Unique pupil number", "text", False, "identity"),
    ("child_details.former_unique_pupil_number", "Former unique pupil number", "text", False, "identity"),
    ("child_details.first_name", "Forename", "text", False, "identity"),
    ("child_details.surname", "Surname", "text", False, "identity"),
    ("child_details.date_of_birth", "Day of birth", "2011-03-14", False, "identity and child.born"),
    ("child_details.sex", "Sex", "M, F or U", False, "identity"),
    ("child_details.ethnicity", "Ethnicity", "code", False, "identity"),
    ("child_details.postcode", "Postcode of the home", "text", False,
     "identity, and child.home for the day on which the payload came"),
    ("child_details.purge", "Whether birth and home are taken back", "true or false", False, "withdraws them"),
    (f"{_D}.social_care_episode_id", "The council's number of the episode", "text", True, "key"),
    (f"{_D}.referral_date", "Day of the referral", "2025-06-02", False, "care.referral"),
    (f"{_D}.referral_source", "Who referred", "code", False, "the fact source"),
    (f"{_D}.referral_no_further_action_flag", "Whether no further action followed", "true or false", False,
     "care.decision, no further action, for the day of the referral"),
    (f"{_D}.closure_date", "Day of the closure", "2025-06-02", False, "care.closed"),
    (f"{_D}.closure_reason", "Why it was closed", "code", False, "the fact reason"),
    (f"{_D}.care_worker_details", "Social workers: worker_id, start_date, end_date", "list", False, "care.worker"),
    (f"{_D}.child_and_family_assessments",
     "Assessments: id, start_date, authorisation_date, factors, purge", "list", False, "care.assessment"),
    (f"{_D}.child_in_need_plans", "Plans: id, start_date, end_date, purge", "list", False, "care.plan"),
    (f"{_D}.section_47_assessments",
     "Enquiries: id, start_date, end_date, icpc_required_flag, icpc_date, purge", "list", False,
     "care.strategy-discussion, care.enquiry, care.conference"),
    (f"{_D}.child_protection_plans", "Plans: id, start_date, end_date, purge", "list", False, "care.plan"),
    (f"{_D}.child_looked_after_placements",
     "Placements: id, start and end date and reason, change_reason, placement_type, postcode, purge", "list", False,
     "care.placement, care.placement-ended; start_reason S also care.looked-after"),
    (f"{_D}.purge", "Whether everything told of the episode is taken back", "true or false", False,
     "withdraws everything of the episode"),
    ("health_and_wellbeing, adoption, care_leavers", "Known parts of the payload", "object", False,
     "kept with the source only"),
)  # fmt: skip

FEED = Feed(
    name="social-care-api",
    title="Children's social care payload",
    about="The JSON payload of the Department for Education: one object, a list, or one object a line; `Children` "
    "holds one child or a list. Absent means unchanged. An event without its own start day cannot be told and is "
    "noted.",
    sent_by=("council",),
    formats=("json", "jsonl"),
    tables=(Table("payload", "Keys that are read", tuple(Column(*column) for column in _COLUMNS)),),
    source="Payload structure 0.7 in data-to-insight/dfe-csc-api-data-flows, commit 41e6f19 (MIT).",
    sort=sort,
)
