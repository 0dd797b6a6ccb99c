"""The School Census, in the termly layout of its tables: pupils, needs, exclusions, addresses, provision, sessions.

The tables name a pupil by the school's native id and by a table id of the collection, so the names stand in one file
and the exclusions in another; both carry the same key.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from sightline.domain.intake.columns import Day, Name, Need, NeededDay, NeededText, Number, Row, Text, column
from sightline.domain.intake.exclusions import category_of, reason_problems, reasons_of
from sightline.domain.intake.facts import told_facts
from sightline.domain.intake.feed import Feed
from sightline.domain.intake.files.limits import LARGEST_FILE_BYTES
from sightline.domain.intake.order import before, birth, future
from sightline.domain.intake.person import (
    birth_told,
    home_told,
    identifier_problems,
    postcode_problems,
    sex_of,
    sex_problems,
    uprn_problems,
)
from sightline.domain.intake.problem import Problem
from sightline.domain.intake.row import Sender, SortedRow, Told
from sightline.domain.intake.shapes import Shape, Telling, sort_rows
from sightline.domain.intake.special_needs import FORM, KIND, provision_problems, provision_told, type_problems
from sightline.domain.intake.values import place_of
from sightline.domain.vocabulary.identifier import check
from sightline.domain.vocabulary.identity import Identity

SCHEME = "school-census"

NEED_NOT_TOLD = "The table has no date, so the special educational need was not told."

PUPIL_NEEDS: tuple[Need, ...] = ((("NativeId",),), (("pupilonrolltableid",), ("pupilnolongeronrolltableid",)))


class CensusRow(Row):
    """Hold the columns that name the pupil in every table."""

    native_id: NeededText = column("The school's id in the collection", name="NativeId", becomes="identity")
    on_roll: Text = column(
        "Table id of a pupil on the roll", name="pupilonrolltableid", becomes="identity; this or the next is needed"
    )
    off_roll: Text = column(
        "Table id of a pupil no longer on the roll", name="pupilnolongeronrolltableid", becomes="identity"
    )


class PupilRow(CensusRow):
    """Hold a row of pupilonroll or pupilnolongeronroll."""

    upn: Text = column("Unique pupil number", becomes="identity")
    former_upn: Text = column("Former unique pupil number", name="formerupn", becomes="identity")
    surname: Name = column("Surname", becomes="identity")
    forename: Name = column("Forename", becomes="identity")
    preferred_surname: Name = column("Preferred surname", name="preferredsurname", becomes="identity: also known as")
    former_surname: Name = column("Former surname", name="formersurname", becomes="identity: also known as")
    dob: Day = column("Day of birth", becomes="identity and child.born")
    sex: Text = column("Sex", form="M, F or U", becomes="identity")
    entry_date: Day = column("First day on the roll", name="entrydate", becomes="school.joined")
    leaving_date: Day = column("Last day on the roll", name="leavingdate", becomes="school.left")
    sen_provision: Text = column(
        "Special educational needs provision",
        name="senprovision",
        form=FORM,
        becomes="school.need for the day on which the file came, as the table has no date",
    )


class ExclusionRow(CensusRow):
    """Hold a row of termlyexclusionsonroll or termlyexclusionsoffroll."""

    on_id: Text = column("Id of the row", name="termlyexclusionsonrolltableid", becomes="key of school.exclusion")
    off_id: Text = column("Id of the row", name="termlyexclusionsoffrolltableid", becomes="key of school.exclusion")
    start_date: NeededDay = column("First day", name="startdate", becomes="the day of school.exclusion")
    sessions: Number = column("Sessions (half days)", becomes="the fact sessions")
    category: NeededText = column("What it is", form="PERM, SUSP or FIXD, LNCH", becomes="the fact category")
    reason1: Text = column("Reason", form="code", becomes="the fact reasons")
    reason2: Text = column("Second reason", form="code", becomes="the fact reasons")
    reason3: Text = column("Third reason", form="code", becomes="the fact reasons")
    sen_provision: Text = column(
        "Special educational needs provision then",
        name="senprovision",
        form=FORM,
        becomes="school.need on the first day",
    )


class NeedRow(CensusRow):
    """Hold a row of senneeds: one special educational need of a pupil, who may have several."""

    id: Text = column("Id of the row", name="senneedstableid", becomes="key of school.need")
    rank: Number = column("Rank: 1 is the main need", name="sentyperank", becomes="the fact rank")
    type: NeededText = column(
        "Type of need",
        name="sentype",
        form="code, such as SLCN",
        becomes="the fact type of school.need, for the day on which the file came, as the table has no date",
    )


class AddressRow(CensusRow):
    """Hold a row of an addresses table."""

    on_id: Text = column("Id of the row", name="addressesonrolltableid", becomes="key of child.home")
    off_id: Text = column("Id of the row", name="addressesoffrolltableid", becomes="key of child.home")
    id: Text = column("Id of the row", name="addressestableid", becomes="key of child.home")
    postcode: NeededText = column(
        "Postcode of a home of the pupil, who may have several",
        becomes="identity, and child.home for the day on which the file came, as the table has no date",
    )
    uprn: Text = column("Unique property reference number", name="uniquepropertyreferencenumber",
                        becomes="the fact uprn of child.home")
    saon: Text = column("Flat or room", becomes="the fact address of child.home")
    paon: Text = column("House number or name", becomes="the fact address of child.home")
    street: Text = column("Street", becomes="the fact address of child.home")
    line: Text = column("First line of an address that is not divided", name="addressline1",
                        becomes="the fact address of child.home")


class ProvisionRow(CensusRow):
    """Hold a row of schoolarrangedapdetailonroll or offroll: alternative provision that the school arranged."""

    on_id: Text = column("Id of the row", name="schoolarrangedapdetailonrolltableid", becomes="key of school.provision")
    off_id: Text = column(
        "Id of the row", name="schoolarrangedapdetailoffrolltableid", becomes="key of school.provision"
    )
    entry_date: NeededDay = column("First day", name="entrydate", becomes="the day of school.provision")
    leaving_date: Day = column("Last day", name="leavingdate", becomes="until")
    sessions: Number = column("Sessions a week", name="apsessionsperweek", becomes="the fact sessions_a_week")
    setting: Text = column("Type of setting", name="apsettingtype", form="code", becomes="the fact setting")
    postcode: Text = column("Postcode of the setting", name="applacementpostcode", becomes="place")


class SessionsRow(CensusRow):
    """Hold a row of termlysessiondetailsonroll or offroll: how often one reason of absence was given in a term."""

    sessions: Number = column("Sessions with this reason")
    reason: NeededText = column("Attendance code", name="attendancereason", form="code")


def _key(row: CensusRow) -> str:
    return f"{row.native_id}/{row.on_roll or row.off_roll}"


def _bare_identity(row: CensusRow, postcode: str | None = None) -> Identity:
    return Identity(scheme=SCHEME, key=_key(row), postcode=postcode)


def _school(row: CensusRow, sender: Sender) -> str | None:
    """Give the school where it is known: the native id if it is a LAESTAB, else the sender if that is a school."""
    answer = check("laestab", row.native_id)
    if answer.valid:
        return answer.normal
    return (sender.code or sender.name) if sender.kind == "school" else None


def _pupil_problems(row: PupilRow, on: date | None) -> Iterator[Problem]:
    yield from identifier_problems({"upn": ("upn", row.upn), "formerupn": ("former-upn", row.former_upn)})
    yield from sex_problems("sex", row.sex)
    yield from future("entrydate", row.entry_date, on, announced=True)
    yield from future("leavingdate", row.leaving_date, on, announced=True)
    yield from before("leavingdate", row.leaving_date, "entrydate", row.entry_date)
    yield from birth("dob", row.dob, row.entry_date or row.leaving_date, on)
    yield from provision_problems("senprovision", row.sen_provision)
    if on is None and row.sen_provision is not None:
        yield Problem("senprovision", NEED_NOT_TOLD, turns_back=False)


def _tell_pupil(row: PupilRow, sender: Sender, on: date | None) -> Telling:
    others = (row.preferred_surname, row.former_surname)
    identity = Identity(
        scheme=SCHEME,
        key=_key(row),
        given=row.forename,
        family=row.surname,
        also_known_as=tuple(
            " ".join(filter(None, (row.forename, other))) for other in others if other and other != row.surname
        ),
        born_on=row.dob,
        sex=sex_of(row.sex),
        identifiers={
            kind: value for kind, value in (("upn", row.upn), ("former-upn", row.former_upn)) if value is not None
        },
        school=_school(row, sender),
    )
    facts = told_facts({"school": _school(row, sender)})
    told = [*birth_told(row.dob)]
    if row.entry_date is not None:
        told.append(Told("school.joined", row.entry_date, "joined", facts))
    if row.leaving_date is not None:
        told.append(Told("school.left", row.leaving_date, "left", facts))
    if on is not None:
        told += provision_told(row.sen_provision, on, "need")
    return Telling(identity, tuple(told))


def _exclusion_problems(row: ExclusionRow, on: date | None) -> Iterator[Problem]:
    if row.category is not None and category_of(row.category) is None:
        yield Problem("category", "This is not known. Write PERM, SUSP or LNCH.")
    yield from future("startdate", row.start_date, on)
    yield from reason_problems({"reason1": row.reason1, "reason2": row.reason2, "reason3": row.reason3})
    yield from provision_problems("senprovision", row.sen_provision)


def _tell_exclusion(row: ExclusionRow, sender: Sender, on: date | None) -> Telling:
    category = category_of(row.category)
    facts = told_facts(
        {
            "category": category,
            "reasons": reasons_of(row.reason1, row.reason2, row.reason3),
            "sessions": row.sessions,
            "school": _school(row, sender),
        }
    )
    key = f"exclusion/{row.on_id or row.off_id or f'{row.start_date}/{category}'}"
    told = Told("school.exclusion", row.start_date, key, facts)
    return Telling(
        _bare_identity(row), (told, *provision_told(row.sen_provision, row.start_date, f"need/{row.start_date}"))
    )


def _need_problems(row: NeedRow, on: date | None) -> Iterator[Problem]:
    yield from type_problems("sentype", row.type)
    if on is None:
        yield Problem("sentype", NEED_NOT_TOLD, turns_back=False)


def _tell_need(row: NeedRow, sender: Sender, on: date | None) -> Telling:
    if on is None:
        return Telling(_bare_identity(row))
    key = f"need/{row.id or row.type.upper()}"
    return Telling(_bare_identity(row), (Told(KIND, on, key, told_facts({"type": row.type, "rank": row.rank})),))


def _address_problems(row: AddressRow, on: date | None) -> Iterator[Problem]:
    yield from postcode_problems("postcode", row.postcode)
    yield from uprn_problems("uniquepropertyreferencenumber", row.uprn)
    if on is None:
        yield Problem("postcode", "The table has no date, so the home was not told.", turns_back=False)


def _address_of(row: AddressRow) -> str | None:
    house = " ".join(part for part in (row.paon, row.street) if part)
    return ", ".join(part for part in (row.saon, house) if part) or row.line


def _tell_address(row: AddressRow, sender: Sender, on: date | None) -> Telling:
    key = f"home/{row.on_id or row.off_id or row.id or row.postcode}"
    told = () if on is None else home_told(
        row.postcode, on, key, address=_address_of(row), uprn=row.uprn)
    return Telling(_bare_identity(row, row.postcode), told)


def _provision_problems(row: ProvisionRow, on: date | None) -> Iterator[Problem]:
    yield from future("entrydate", row.entry_date, on, announced=True)
    yield from before("leavingdate", row.leaving_date, "entrydate", row.entry_date)
    yield from postcode_problems("applacementpostcode", row.postcode)


def _tell_provision(row: ProvisionRow, sender: Sender, on: date | None) -> Telling:
    facts: dict[str, Any] = {"setting": " ".join(filter(None, ("alternative provision", row.setting)))}
    facts |= told_facts({"sessions_a_week": row.sessions})
    key = f"provision/{row.on_id or row.off_id or row.entry_date}"
    told = Told("school.provision", row.entry_date, key, facts, until=row.leaving_date, place=place_of(row.postcode))
    return Telling(_bare_identity(row), (told,))


def _session_problems(row: SessionsRow, on: date | None) -> Iterator[Problem]:
    return iter(())


def _tell_sessions(row: SessionsRow, sender: Sender, on: date | None) -> Telling:
    """Tell nothing: one reason alone is neither the possible nor all the absent sessions, and no period is named."""
    return Telling(_bare_identity(row))


SHAPES: tuple[Shape[Any], ...] = (
    Shape(
        name="pupils",
        title="pupilonroll, pupilnolongeronroll: who the pupils are",
        model=PupilRow,
        needs=PUPIL_NEEDS,
        headings=("surname", "dob"),
        problems=_pupil_problems,
        tell=_tell_pupil,
        ours=False,
    ),
    Shape(
        name="needs",
        title="senneeds: types of special educational need",
        model=NeedRow,
        needs=(*PUPIL_NEEDS, (("sentype",),)),
        problems=_need_problems,
        tell=_tell_need,
        ours=False,
    ),
    Shape(
        name="exclusions",
        title="termlyexclusionsonroll, termlyexclusionsoffroll: exclusions and suspensions",
        model=ExclusionRow,
        needs=(*PUPIL_NEEDS, (("startdate",),), (("category",),)),
        problems=_exclusion_problems,
        tell=_tell_exclusion,
        ours=False,
    ),
    Shape(
        name="addresses",
        title="addresses, addressesonroll, addressesoffroll: homes",
        model=AddressRow,
        needs=(*PUPIL_NEEDS, (("postcode",),)),
        problems=_address_problems,
        tell=_tell_address,
        ours=False,
    ),
    Shape(
        name="provision",
        title="schoolarrangedapdetailonroll, schoolarrangedapdetailoffroll: alternative provision by the school",
        model=ProvisionRow,
        needs=(*PUPIL_NEEDS, (("entrydate",),)),
        headings=("apsettingtype",),
        problems=_provision_problems,
        tell=_tell_provision,
        ours=False,
    ),
    Shape(
        name="sessions",
        title="termlysessiondetailsonroll, termlysessiondetailsoffroll: read and checked, nothing told (see above)",
        model=SessionsRow,
        needs=(*PUPIL_NEEDS, (("attendancereason",),)),
        problems=_session_problems,
        tell=_tell_sessions,
        ours=False,
    ),
)

FORMATS = ("csv",)


def sort(
    stream: BinaryIO, sender: Sender, *, on: date | None = None, limit_bytes: int = LARGEST_FILE_BYTES
) -> Iterator[SortedRow]:
    """Sort a table of the School Census, which is told by its headings."""
    return sort_rows(stream, sender, shapes=SHAPES, formats=FORMATS, on=on, limit_bytes=limit_bytes)


FEED = Feed(
    name="school-census",
    title="School Census tables",
    about="The termly tables as councils hold them, each a CSV file that is told by its headings. The session counts "
    "are read, but nothing of them is told: a row is the count of one reason in a term that the table does not name, "
    "so neither the possible sessions nor a period is known. Attendance comes by the attendance feed.",
    sent_by=("council", "school"),
    formats=FORMATS,
    tables=tuple(shape.table() for shape in SHAPES),
    source="School Census schemas 2015 to 2026 in SocialFinanceDigitalLabs/liia-tools-pipeline, commit 4aff918 (MIT).",
    sort=sort,
)
