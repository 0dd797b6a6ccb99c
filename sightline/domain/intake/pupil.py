"""What the three school feeds of our own have in common: the school and the pupil at the start of each row."""

from collections.abc import Iterator
from datetime import date

from sightline.domain.intake.columns import Day, Name, Need, Row, Text, column
from sightline.domain.intake.order import birth
from sightline.domain.intake.person import (
    birth_told,
    home_told,
    identifier_problems,
    name_key,
    postcode_problems,
    sex_of,
    sex_problems,
    uprn_problems,
)
from sightline.domain.intake.problem import Problem
from sightline.domain.intake.row import Sender, Told
from sightline.domain.intake.special_needs import FORM, provision_problems, provision_told
from sightline.domain.intake.values import checked
from sightline.domain.vocabulary.identity import Identity
from sightline.domain.vocabulary.moment import Moment

SCHOOL_NEEDS: Need = (("laestab",), ("school",))
PUPIL_NEEDS: Need = (("upn",), ("forename", "surname", "dob"))

SENT_BY = ("school", "council")


class PupilRow(Row):
    """Hold the columns that name the school and the pupil."""

    laestab: Text = column(
        "LAESTAB of the school: the council's 3 digits and the school's 4",
        form="7 digits, such as 3414421 or 341/4421",
        becomes="identity, and the fact school; needed unless school is told",
    )
    school: Text = column("Name of the school", becomes="identity, and the fact school; where no valid laestab is told")
    upn: Text = column(
        "Unique pupil number",
        form="13 characters, such as A950000178301",
        becomes="identity; needed unless forename, surname and dob are told",
    )
    forename: Name = column("Forename", becomes="identity")
    surname: Name = column("Surname", becomes="identity")
    dob: Day = column("Day of birth", becomes="identity and child.born")
    sex: Text = column("Sex", form="M, F or U", becomes="identity")
    postcode: Text = column("Postcode of the child's home", becomes="identity and child.home on the day of the event")
    address: Text = column("House and street of the child's home", form="14 High Street, or Flat 2, 14 High Street",
                           becomes="the fact address of child.home, and identity")
    uprn: Text = column("Unique property reference number of the home", form="up to 12 digits",
                        becomes="the fact uprn of child.home")
    sen_provision: Text = column(
        "Special educational needs provision; may stay empty where it is as it was last told",
        form=FORM,
        becomes="school.need on the day of the event",
    )


def school_of(row: PupilRow) -> str | None:
    """Give the LAESTAB of the school where it can be right, else its name as told."""
    if row.laestab is not None:
        answer = checked("laestab", row.laestab)
        if answer.valid:
            return answer.normal
    return row.school or row.laestab


def told_by(row: PupilRow, sender: Sender) -> str | None:
    """Name the school as the teller where another agency sends for it."""
    if sender.kind == "school":
        return None
    return row.school or (f"School {school_of(row)}" if row.laestab else None)


def identity_of(row: PupilRow) -> Identity:
    """Give the identity of a pupil: known by the UPN as told, else by name and birth."""
    key = f"upn-{''.join(row.upn.split()).upper()}" if row.upn else name_key(row.forename, row.surname, row.dob)
    return Identity(
        scheme="school",
        key=key,
        given=row.forename,
        family=row.surname,
        born_on=row.dob,
        sex=sex_of(row.sex),
        identifiers={"upn": row.upn} if row.upn else {},
        postcode=row.postcode,
        address=row.address,
        school=school_of(row),
    )


def pupil_told(row: PupilRow, at: Moment, by: str | None) -> tuple[Told, ...]:
    """Tell birth, home and special educational need, as far as the row tells them."""
    return (
        *birth_told(row.dob, by=by),
        *home_told(row.postcode, at, f"home/{at}", by=by, address=row.address, uprn=row.uprn),
        *provision_told(row.sen_provision, at, f"need/{at}", by=by),
    )


def pupil_problems(row: PupilRow, event: Moment | None, on: date | None) -> Iterator[Problem]:
    """Find what is wrong with school and pupil; `event` is the moment that the row tells of."""
    yield from identifier_problems({"upn": ("upn", row.upn), "laestab": ("laestab", row.laestab)})
    yield from sex_problems("sex", row.sex)
    yield from postcode_problems("postcode", row.postcode)
    yield from uprn_problems("uprn", row.uprn)
    yield from provision_problems("sen_provision", row.sen_provision)
    yield from birth("dob", row.dob, event, on)
