"""Police custody records of children: arrest to release, the adult who came, and who was told.

The police national minimum standard has neither release nor receiver, appropriate adult, home council or referral;
they are here because a child's safety hangs on them. Names follow the POLE standard where it has them.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO, ClassVar

from sightline.domain.intake.columns import Instant, NeededInstant, NeededText, Text, column
from sightline.domain.intake.feed import Feed
from sightline.domain.intake.files.headings import plain
from sightline.domain.intake.files.limits import LARGEST_FILE_BYTES
from sightline.domain.intake.order import before, future
from sightline.domain.intake.person import birth_told, home_told, postcode_problems
from sightline.domain.intake.police import (
    SENT_BY,
    PoliceRow,
    identity_of,
    offence_facts,
    police_problems,
    told_by,
)
from sightline.domain.intake.problem import Problem
from sightline.domain.intake.row import Sender, SortedRow, Told
from sightline.domain.intake.shapes import Shape, Telling, sort_rows
from sightline.domain.intake.values import place_of

SCHEME = "police-custody"

POLICE_SOURCE = "6"
"""The code of the police as a source of referrals in the children in need census."""

ADULT_ASKED = "D-ARR-3"
"""The duty that a word to the appropriate adult answers."""

MODES = {
    "collected": "collected",
    "collectedbyparent": "collected",
    "collectedbycarer": "collected",
    "collectedbyparentorcarer": "collected",
    "escorted": "escorted",
    "escortedhome": "escorted",
    "policetransport": "escorted",
    "drivenhomebypolice": "escorted",
    "publictransportaccompanied": "public-transport-accompanied",
    "accompaniedpublictransport": "public-transport-accompanied",
    "trainaccompanied": "public-transport-accompanied",
    "publictransportalone": "public-transport-alone",
    "publictransportunaccompanied": "public-transport-alone",
    "trainalone": "public-transport-alone",
    "unaccompaniedpublictransport": "public-transport-alone",
}


class CustodyRow(PoliceRow):
    """Hold one custody record."""

    NUMBERS: ClassVar[dict[str, str]] = {"pnc_id": "pnc", "cro": "cro"}

    custody_ref: NeededText = column("Reference of the custody record", becomes="key of everything that the row tells")
    force: Text = column("Police force", becomes="teller, where that is not the sender")
    custody_suite: Text = column("Custody suite", becomes="the fact custody_suite of police.arrest")
    suite_postcode: Text = column(
        "Postcode of the custody suite", becomes="place of everything that happened in custody, release included"
    )
    cro: Text = column("Criminal Records Office number", form="065656/91H or SF83/50058Z", becomes="identity")
    arrested_at: NeededInstant = column("Arrest", becomes="police.arrest")
    arrest_postcode: Text = column("Postcode of the arrest", becomes="place of police.arrest")
    operation: Text = column(
        "Reference of the police operation in which the child was arrested",
        becomes="the fact operation of police.arrest",
    )
    appropriate_adult: Text = column("Appropriate adult", becomes="the fact appropriate_adult of police.interview")
    appropriate_adult_told_at: Instant = column(
        "When the appropriate adult was told", becomes="notice.sent, of the duty D-ARR-3")
    appropriate_adult_arrived_at: Instant = column("When the appropriate adult came")
    interviewed_at: Instant = column("First interview", becomes="police.interview")
    charged_at: Instant = column("Charge", becomes="police.charge")
    no_further_action_at: Instant = column("No further action", becomes="police.no-further-action")
    disposal: Text = column("Disposal, such as a community resolution", becomes="the fact decision of police.disposal")
    disposed_at: Instant = column("When the disposal was decided", becomes="police.disposal")
    released_at: Instant = column("Release", becomes="police.release")
    release_mode: Text = column(
        "How the child travelled",
        form="collected, escorted, public-transport-accompanied, public-transport-alone",
        becomes="the fact mode of police.release",
    )
    received_by: Text = column(
        "The adult or agency who received the child", becomes="the fact received_by of police.release"
    )
    home_council: Text = column("Council of the child's home", becomes="the fact to of notice.sent")
    home_council_told_at: Instant = column(
        "When that council was told", becomes="notice.sent; and home_council_told = yes in police.release"
    )
    referral_sent_at: Instant = column(
        "When a referral was sent to children's social care", becomes="care.referral, source 6"
    )
    referral_to: Text = column("Council to which the referral was sent", becomes="")


AFTER_ARREST = (
    "appropriate_adult_told_at",
    "appropriate_adult_arrived_at",
    "interviewed_at",
    "charged_at",
    "no_further_action_at",
    "disposed_at",
    "released_at",
    "home_council_told_at",
    "referral_sent_at",
)


def mode_of(text: str | None) -> str | None:
    """Give one of the four ways to travel, or None for other words."""
    return None if text is None else MODES.get(plain(text))


def _problems(row: CustodyRow, on: date | None) -> Iterator[Problem]:
    yield from future("arrested_at", row.arrested_at, on)
    for name in AFTER_ARREST:
        moment = getattr(row, name)
        if moment is not None and row.arrested_at is not None and moment < row.arrested_at:
            yield from before(name, moment, "arrested_at", row.arrested_at)
        elif moment is not None:
            yield from future(name, moment, on)
    if row.release_mode is not None and mode_of(row.release_mode) is None:
        yield Problem(
            "release_mode",
            "This is not known. Write collected, escorted, public-transport-accompanied or "
            "public-transport-alone. It was left open.",
            turns_back=False,
        )
    if row.disposal is not None and row.disposed_at is None:
        yield Problem("disposed_at", "A disposal is told without its time, so it could not be kept.", turns_back=False)
    if not (row.pnc_id or row.cro or row.surname or row.forename):
        yield Problem("surname", "Nothing tells who the child is; a person must link this record.", turns_back=False)
    yield from postcode_problems("suite_postcode", row.suite_postcode)
    yield from postcode_problems("arrest_postcode", row.arrest_postcode)
    yield from police_problems(row, row.arrested_at, on)


def _tell(row: CustodyRow, sender: Sender, on: date | None) -> Telling:
    by, facts, suite = told_by(row.force, sender), offence_facts(row), place_of(row.suite_postcode)
    arrest = facts | {
        name: value for name in ("custody_suite", "operation") if (value := getattr(row, name)) is not None}
    told = [Told("police.arrest", row.arrested_at, "arrest", arrest, place=place_of(row.arrest_postcode), by=by)]
    if row.appropriate_adult_told_at:
        to = {"to": row.appropriate_adult} if row.appropriate_adult else {}
        told.append(Told("notice.sent", row.appropriate_adult_told_at, "adult-told", {"duty": ADULT_ASKED} | to, by=by))
    if row.interviewed_at:
        adult = {"appropriate_adult": row.appropriate_adult} if row.appropriate_adult else {}
        told.append(Told("police.interview", row.interviewed_at, "interview", facts | adult, place=suite, by=by))
    if row.charged_at:
        told.append(Told("police.charge", row.charged_at, "charge", facts, place=suite, by=by))
    if row.no_further_action_at:
        told.append(Told("police.no-further-action", row.no_further_action_at, "no-further-action", facts, by=by))
    if row.disposed_at:
        decision = {"decision": row.disposal} if row.disposal else {}
        told.append(Told("police.disposal", row.disposed_at, "disposal", facts | decision, by=by))
    if row.released_at:
        told.append(Told("police.release", row.released_at, "release", _release_facts(row), place=suite, by=by))
    if row.home_council_told_at:
        to = {"to": row.home_council} if row.home_council else {}
        told.append(Told("notice.sent", row.home_council_told_at, "home-council-told", to, by=by))
    if row.referral_sent_at:
        told.append(Told("care.referral", row.referral_sent_at, "referral", {"source": POLICE_SOURCE}, by=by))
    told += birth_told(row.dob, by=by)
    told += home_told(row.home_postcode, row.arrested_at, "home", by=by, address=row.home_address, uprn=row.home_uprn)
    return Telling(identity_of(row, SCHEME, row.custody_ref), tuple(told))


def _release_facts(row: CustodyRow) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if mode := mode_of(row.release_mode):
        facts["mode"] = mode
    if row.received_by:
        facts["received_by"] = row.received_by
    if row.home_council_told_at:
        facts["home_council_told"] = True
    return facts


SHAPE = Shape(
    name="police-custody",
    title="One row or object a custody record",
    model=CustodyRow,
    needs=((("custody_ref",),), (("arrested_at",),)),
    problems=_problems,
    tell=_tell,
)

FORMATS = ("csv", "json")


def sort(
    stream: BinaryIO, sender: Sender, *, on: date | None = None, limit_bytes: int = LARGEST_FILE_BYTES
) -> Iterator[SortedRow]:
    """Sort a file of custody records."""
    return sort_rows(stream, sender, shapes=(SHAPE,), formats=FORMATS, on=on, limit_bytes=limit_bytes)


FEED = Feed(
    name="police-custody",
    title="Police custody records of children",
    about="One record a detention, sent again whenever something is added: what is told under a custody reference "
    "corrects what was told before, and what is left empty stays as it was. JSON may be one object, a list, or one "
    "object a line.",
    sent_by=SENT_BY,
    formats=(*FORMATS, "jsonl"),
    tables=(SHAPE.table(),),
    source="A format of our own, named after the police POLE data standards.",
    sort=sort,
)
