"""The looked-after children return SSDA903 (2026): header, episodes and missing, as CSV files.

Days only, never instants. An episode begins with every change of placement or of legal status; only a change of
placement is told as a placement, or every new court order would look like a move.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from sightline.domain.intake.columns import Day, Need, NeededDay, NeededText, Row, Text, column
from sightline.domain.intake.facts import told_facts
from sightline.domain.intake.feed import Feed
from sightline.domain.intake.files.limits import LARGEST_FILE_BYTES
from sightline.domain.intake.meaning import meaning_of
from sightline.domain.intake.order import before, birth, future
from sightline.domain.intake.person import (
    birth_told,
    home_told,
    identifier_problems,
    postcode_problems,
    sex_of,
    sex_problems,
)
from sightline.domain.intake.problem import Problem
from sightline.domain.intake.row import Sender, SortedRow, Told
from sightline.domain.intake.shapes import Shape, Telling, sort_rows
from sightline.domain.intake.values import place_of
from sightline.domain.vocabulary.identity import Identity
from sightline.reference.codes import ssda903_codes

SCHEME = "ssda903"

STARTED = "S"
LEGAL_STATUS_ONLY = "L"
STATUS_OF_PLACEMENT_ONLY = "PLACE"

PLANNED = {
    "CARPL": True,
    "E4A": True,
    "ALLEG": False,
    "STAND": False,
    "APPRR": False,
    "CREQB": False,
    "CREQO": False,
    "CHILD": False,
    "E4B": False,
}
"""Whether the end of a placement was planned, where the label of the code says so: the care plan was carried out
(CARPL; E4A from memory), or somebody else ended it: an allegation, poor standards, an approval that was removed, the
carer, the child; E4B (from memory) is a return home outside the plan. The other codes leave it open."""

MEANT_BY = {
    "ETHNIC": "Ethnicity", "LS": "Legal Status", "CIN": "Primary Need Code", "PLACE": "Placement Type",
}  # fmt: skip
"""Fields whose values are also understood in words."""

UNKNOWN_UPN = frozenset(("UN1", "UN2", "UN3", "UN4", "UN5", "UN6", "UN7"))


class ChildRow(Row):
    """Hold the column that names the child in every file."""

    child: NeededText = column("The council's number of the child", name="CHILD", becomes="identity")


class HeaderRow(ChildRow):
    """Hold a row of the header file."""

    sex: Text = column("Sex", name="SEX", form="M, F or U; before 2025 1 or 2", becomes="identity")
    dob: NeededDay = column("Day of birth", name="DOB", becomes="identity and child.born")
    ethnic: Text = column("Ethnicity", name="ETHNIC", form="code", becomes="identity")
    upn: Text = column("Unique pupil number, or the reason why there is none", name="UPN", becomes="identity")


class EpisodeRow(ChildRow):
    """Hold a row of the episodes file."""

    decom: NeededDay = column("First day of the episode", name="DECOM", becomes="the day of what the episode tells")
    rne: NeededText = column(
        "Reason for a new episode",
        name="RNE",
        form="S, L, P, T, B or U",
        becomes="S also care.looked-after; L (legal status alone) no care.placement",
    )
    ls: Text = column("Legal status", name="LS", form="code", becomes="the fact legal_status")
    need: Text = column("Category of need", name="CIN", form="code", becomes="the fact reason of care.looked-after")
    place: Text = column("Type of placement", name="PLACE", form="code", becomes="the fact type of care.placement")
    dec: Day = column(
        "Last day of the episode", name="DEC", becomes="care.placement-ended, where the placement ended too"
    )
    rec: Text = column(
        "Reason why the episode ended",
        name="REC",
        form="code",
        becomes="the facts reason and planned of care.placement-ended",
    )
    change: Text = column(
        "Reason for the change of placement",
        name="REASON_PLACE_CHANGE",
        form="code",
        becomes="the facts reason and planned of care.placement-ended",
    )
    home_post: Text = column("Postcode of the home", name="HOME_POST", becomes="child.home")
    pl_post: Text = column("Postcode of the placement", name="PL_POST", becomes="place and postcode of care.placement")


class MissingRow(ChildRow):
    """Hold a row of the missing file."""

    dob: Day = column("Day of birth", name="DOB", becomes="identity and child.born")
    missing: NeededText = column(
        "Missing, or away without authorisation",
        name="MISSING",
        form="M or A",
        becomes="M missing.reported, A missing.absent",
    )
    start: NeededDay = column("First day", name="MIS_START", becomes="its day")
    end: Day = column("Last day", name="MIS_END", becomes="until, and missing.found")


def _authority(sender: Sender) -> str | None:
    return sender.name if sender.kind == "council" else None


def _code(text: str | None) -> str | None:
    return None if text is None else text.upper()


def _meant(name: str, text: str | None) -> str | None:
    """Give the code of the return that a value is, or means in words; what is not known as told."""
    if text is None or text.upper() in ssda903_codes(name):
        return _code(text)
    meaning = meaning_of(MEANT_BY[name], text)
    return meaning.code if meaning and meaning.code in ssda903_codes(name) else text


def _code_problems(row: EpisodeRow) -> Iterator[Problem]:
    told = {
        "RNE": row.rne,
        "LS": row.ls,
        "CIN": row.need,
        "PLACE": row.place,
        "REC": row.rec,
        "REASON_PLACE_CHANGE": row.change,
    }
    for name, code in told.items():
        yield from _code_problem(name, code)


def _code_problem(name: str, text: str | None) -> Iterator[Problem]:
    if text is None or text.upper() in ssda903_codes(name):
        return
    meant = _meant(name, text) if name in MEANT_BY else text
    if meant is None or meant == text:
        yield Problem(name, "This is no code of the return of 2026; it was kept as told.", turns_back=False)
    else:
        yield Problem(name, f"This is no code of the return; it was read as {meant}.", turns_back=False)


def _header_problems(row: HeaderRow, on: date | None) -> Iterator[Problem]:
    yield from sex_problems("SEX", row.sex)
    if row.upn is not None and row.upn.upper() not in UNKNOWN_UPN:
        yield from identifier_problems({"UPN": ("upn", row.upn)})
    yield from _code_problem("ETHNIC", row.ethnic)
    yield from birth("DOB", row.dob, None, on)


def _tell_header(row: HeaderRow, sender: Sender, on: date | None) -> Telling:
    has_upn = row.upn is not None and row.upn.upper() not in UNKNOWN_UPN
    identity = Identity(
        scheme=SCHEME,
        key=row.child,
        born_on=row.dob,
        sex=sex_of(row.sex),
        ethnicity=_meant("ETHNIC", row.ethnic),
        identifiers={"upn": row.upn} if has_upn and row.upn else {},
    )
    return Telling(identity, birth_told(row.dob))


def _episode_problems(row: EpisodeRow, on: date | None) -> Iterator[Problem]:
    yield from future("DECOM", row.decom, on)
    yield from future("DEC", row.dec, on)
    yield from before("DEC", row.dec, "DECOM", row.decom)
    yield from _code_problems(row)
    yield from postcode_problems("HOME_POST", row.home_post)
    yield from postcode_problems("PL_POST", row.pl_post)


def placement_ended(row: EpisodeRow) -> bool:
    """Tell whether the placement ended with the episode: care ended, or the placement itself was changed."""
    if row.dec is None or _code(row.change) == STATUS_OF_PLACEMENT_ONLY:
        return False
    return row.change is not None or (_code(row.rec) or "").startswith("E")


def _tell_episode(row: EpisodeRow, sender: Sender, on: date | None) -> Telling:
    authority, rne, key = _authority(sender), _code(row.rne), f"placement/{row.decom}"
    told: list[Told] = []
    if rne == STARTED:
        facts = told_facts(
            {"legal_status": _meant("LS", row.ls), "reason": _meant("CIN", row.need), "authority": authority}
        )
        told.append(Told("care.looked-after", row.decom, f"looked-after/{row.decom}", facts))
    place = place_of(row.pl_post)
    where = told_facts(
        {"type": _meant("PLACE", row.place), "postcode": place.postcode if place else None, "authority": authority}
    )
    ended = placement_ended(row)
    if rne != LEGAL_STATUS_ONLY:
        facts = where | told_facts({"legal_status": _meant("LS", row.ls), "reason": rne})
        told.append(Told("care.placement", row.decom, key, facts, until=row.dec if ended else None, place=place))
    if ended and row.dec is not None:
        reason = _code(row.change) or _code(row.rec)
        facts = where | told_facts({"reason": reason, "planned": PLANNED.get(reason or "")})
        told.append(Told("care.placement-ended", row.dec, f"{key}/ended", facts, place=place))
    told += home_told(row.home_post, row.decom, f"home/{row.decom}")
    return Telling(Identity(scheme=SCHEME, key=row.child, postcode=row.home_post), tuple(told))


def _missing_problems(row: MissingRow, on: date | None) -> Iterator[Problem]:
    if row.missing is not None and _code(row.missing) not in ("M", "A"):
        yield Problem("MISSING", "This is not known. Write M (missing) or A (away without authorisation).")
    yield from future("MIS_START", row.start, on)
    yield from future("MIS_END", row.end, on)
    yield from before("MIS_END", row.end, "MIS_START", row.start)
    yield from birth("DOB", row.dob, row.start, on)


def _tell_missing(row: MissingRow, sender: Sender, on: date | None) -> Telling:
    kind = "missing.reported" if _code(row.missing) == "M" else "missing.absent"
    key = f"missing/{row.start}"
    told = [Told(kind, row.start, key, until=row.end)]
    if row.end is not None:
        told.append(Told("missing.found", row.end, f"{key}/found"))
    return Telling(Identity(scheme=SCHEME, key=row.child, born_on=row.dob), (*told, *birth_told(row.dob)))


CHILD: Need = (("CHILD",),)

SHAPES: tuple[Shape[Any], ...] = (
    Shape(
        name="header",
        title="Header: who the children are",
        model=HeaderRow,
        needs=(CHILD, (("DOB",),)),
        headings=("SEX", "UPN"),
        problems=_header_problems,
        tell=_tell_header,
        ours=False,
    ),
    Shape(
        name="episodes",
        title="Episodes: legal status and placement",
        model=EpisodeRow,
        needs=(CHILD, (("DECOM",),), (("RNE",),)),
        headings=("LS", "PLACE", "DEC", "REC"),
        problems=_episode_problems,
        tell=_tell_episode,
        ours=False,
    ),
    Shape(
        name="missing",
        title="Missing: missing from care, and away without authorisation",
        model=MissingRow,
        needs=(CHILD, (("MISSING",),), (("MIS_START",),)),
        headings=("MIS_END",),
        problems=_missing_problems,
        tell=_tell_missing,
        ours=False,
    ),
)

FORMATS = ("csv",)


def sort(
    stream: BinaryIO, sender: Sender, *, on: date | None = None, limit_bytes: int = LARGEST_FILE_BYTES
) -> Iterator[SortedRow]:
    """Sort a file of the return, which is told by its headings."""
    return sort_rows(stream, sender, shapes=SHAPES, formats=FORMATS, on=on, limit_bytes=limit_bytes)


FEED = Feed(
    name="ssda903",
    title="Looked-after children return (SSDA903)",
    about="Header, episodes and missing of the return of 2026, each a CSV file that is told by its headings; the other "
    "files of the return are not read. A later file corrects an earlier one: the same first day of an episode, with "
    "its end filled in, ends the same placement.",
    sent_by=("council",),
    formats=FORMATS,
    tables=tuple(shape.table() for shape in SHAPES),
    source="SSDA903 schemas 2017 to 2026 in SocialFinanceDigitalLabs/liia-tools-pipeline, commit 4aff918 (MIT).",
    sort=sort,
)
