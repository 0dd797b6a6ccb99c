"""Duties when a child is arrested, interviewed, charged, dealt with or released: a possible victim first."""

from datetime import date

from sightline.domain.duties.catalogue.terms import EDITION, ENGLAND_AND_WALES, OURS, OURS_SINCE
from sightline.domain.duties.claims import custody as claims
from sightline.domain.duties.claims import release
from sightline.domain.duties.claims.acts import DECISION, NOTICES, decided, noticed
from sightline.domain.duties.clock import WITHOUT_DELAY_IN_CUSTODY, hours
from sightline.domain.duties.rule import Basis, DutyRule
from sightline.domain.vocabulary.duty import Part

ARREST = ("police.arrest", "police.interview")
AUTHORITY = f"{OURS}, after HMICFRS 2020; Children Act 2004 s.11, Modern Slavery Act 2015 s.52"

CUSTODY: tuple[DutyRule, ...] = (
    DutyRule(
        code="D-ARR-4", title="Safeguarding referral of an arrested child",
        what="Refer the child to the home council and to the council where the child was found.",
        owed_by=Part.FORCE, owed_to=(Part.HOME_COUNCIL, Part.FOUND_COUNCIL), nations=ENGLAND_AND_WALES,
        valid_from=OURS_SINCE, clock=hours(1), basis=Basis.LOCAL, authority=AUTHORITY, sources=("OURS",),
        evidence=("referral", "officer", "minutes since the arrest"), verified=False, edition=EDITION,
        started_by=ARREST, when=claims.arrested_or_interviewed, met_by=("care.referral",),
        met_when=claims.referred_by_police,
    ),
    DutyRule(
        code="D-ARR-4-SCREEN", title="Victim screen before interview",
        what="Screen the child as a possible victim of exploitation before any interview.",
        owed_by=Part.FORCE, owed_to=("the child",), nations=ENGLAND_AND_WALES,
        valid_from=OURS_SINCE, clock=claims.BEFORE_INTERVIEW, basis=Basis.LOCAL, authority=AUTHORITY, sources=("OURS",),
        evidence=("version of the screen", "answers", "officer", "supervisor", "outcome"),
        verified=False, edition=EDITION,
        started_by=ARREST, when=claims.arrested_or_interviewed, counting=claims.before_the_interview,
        met_by=DECISION, met_when=decided, answered_on_entry=True, one_chance=True,
    ),
    DutyRule(
        code="D-CHG-2", title="A charged child is moved to council accommodation",
        what="Move the child to council accommodation, unless certified impracticable or not safe for the public.",
        owed_by=Part.FORCE, owed_to=("the child",), nations=ENGLAND_AND_WALES, valid_from=date(2015, 10, 26),
        clock=WITHOUT_DELAY_IN_CUSTODY, basis=Basis.LAW,
        authority="Police and Criminal Evidence Act 1984 s.38(6), (6A), (7): the same night", sources=("L5",),
        evidence=("time of the request", "council asked", "secure or not, and why", "answer", "certificate to court"),
        verified=True, edition=EDITION,
        started_by=("police.charge",), when=claims.charged,
        met_by=("police.release", "care.placement", "care.looked-after", *DECISION),
        met_when=claims.moved_to_the_council,
    ),
    DutyRule(
        code="D-ARR-3", title="Appropriate adult asked to attend",
        what="Inform the appropriate adult of the arrest, why and where, and ask them to attend.",
        owed_by=Part.FORCE, owed_to=("appropriate adult",), nations=ENGLAND_AND_WALES, valid_from=date(2015, 10, 26),
        clock=WITHOUT_DELAY_IN_CUSTODY, basis=Basis.LAW,
        authority="PACE Code C; Crime and Disorder Act 1998 s.38(4) for provision", sources=("APP",),
        evidence=("who it is, no employee of the police", "time of arrival"), verified=True, edition=EDITION,
        started_by=ARREST, when=claims.arrested_or_interviewed, met_by=(*NOTICES, "police.interview"),
        met_when=claims.adult_told_or_there,
    ),
    DutyRule(
        code="D-ARR-2", title="Family told of the arrest",
        what="Tell who is responsible for the child's welfare, and the council if the child is in care, that the child "
             "is arrested, why, and where the child is.",
        owed_by=Part.FORCE, owed_to=(Part.PARENT, Part.CARING_COUNCIL), nations=ENGLAND_AND_WALES,
        valid_from=OURS_SINCE, clock=WITHOUT_DELAY_IN_CUSTODY, basis=Basis.LAW, authority="PACE s.57, Code C 3.13",
        sources=("MEMORY",), evidence=("who was told, by name", "when", "how"), verified=False, edition=EDITION,
        started_by=("police.arrest",), when=claims.arrested, met_by=NOTICES, met_when=noticed,
    ),
    DutyRule(
        code="D-CHG-4", title="Legal status on transfer",
        what="Record the child as looked after (J2): duties of placement then start.",
        owed_by=Part.CARING_COUNCIL, owed_to=("the child",), nations=ENGLAND_AND_WALES, valid_from=date(2015, 10, 26),
        clock=WITHOUT_DELAY_IN_CUSTODY, basis=Basis.GUIDANCE, authority="SSDA903 return", sources=("R3",),
        evidence=("legal status", "from when"), verified=True, edition=EDITION,
        started_by=("police.release",), when=claims.handed_to_a_council_after_charge,
        met_by=("care.looked-after", "care.placement"), met_when=claims.recorded_as_looked_after,
    ),
    DutyRule(
        code="D-CHG-1", title="Defence of a victim considered",
        what=(
            "Record that the defence of section 45 was considered: facts for and against, Schedule 4, "
            "whether the National Referral Mechanism knows the child."
        ),
        owed_by=Part.FORCE, owed_to=("Crown Prosecution Service",), nations=ENGLAND_AND_WALES,
        valid_from=date(2015, 7, 31), clock=claims.BEFORE_CHARGE, basis=Basis.LAW,
        authority="Modern Slavery Act 2015 s.45(4), Schedule 4", sources=("L14",),
        evidence=("facts for and against", "check of Schedule 4", "prosecutor told", "state of the referral"),
        verified=True, edition=EDITION,
        started_by=("police.charge",), when=claims.charged, counting=claims.before_the_charge,
        met_by=DECISION, met_when=decided, may_precede=True,
    ),
    DutyRule(
        code="D-CCE-2", title="Who is the adult?",
        what="Open an enquiry into who stands behind the arrested child, and record what is known of that adult.",
        owed_by=Part.FORCE, owed_to=("the child",), nations=ENGLAND_AND_WALES, valid_from=OURS_SINCE, clock=hours(24),
        basis=Basis.LOCAL, authority=OURS, sources=("OURS",), evidence=("enquiry", "who leads it"),
        verified=False, edition=EDITION,
        started_by=("police.arrest",), when=claims.an_adult_may_stand_behind, met_by=DECISION, met_when=decided,
    ),
    DutyRule(
        code="D-OOC-3", title="Second look at a disposal of a victim",
        what="Look whether the disposal is compatible with being a victim, and record why.",
        owed_by=Part.FORCE, owed_to=("the child",), nations=ENGLAND_AND_WALES, valid_from=OURS_SINCE,
        clock=claims.BEFORE_DISPOSAL, basis=Basis.LOCAL, authority=OURS, sources=("OURS",),
        evidence=("supervisor", "reasons"), verified=False, edition=EDITION,
        started_by=("police.disposal",), when=claims.disposal_of_a_victim, counting=claims.before_the_disposal,
        met_by=DECISION, met_when=decided, may_precede=True,
    ),
    DutyRule(
        code="D-REL-1", title="Risk assessed before release",
        what="Assess the risk in person before any release, and record it.", owed_by=Part.FORCE,
        owed_to=("the child",), nations=ENGLAND_AND_WALES, valid_from=OURS_SINCE, clock=release.BEFORE_RELEASE,
        basis=Basis.GUIDANCE, authority="Authorised Professional Practice: detention; force procedures",
        sources=("G13",), evidence=("the assessment", "officer", "when"), verified=True, edition=EDITION,
        started_by=("police.arrest",), when=release.arrested, counting=release.before_the_release,
        met_by=DECISION, met_when=decided, one_chance=True,
    ),
    DutyRule(
        code="D-REL-2", title="Receiving adult checked",
        what="Check the adult who is not parent, guardian or council before release.", owed_by=Part.FORCE,
        owed_to=("the child",), nations=ENGLAND_AND_WALES, valid_from=OURS_SINCE, clock=release.BEFORE_RELEASE,
        basis=Basis.GUIDANCE, authority="Force procedures", sources=("G13",),
        evidence=("at least 18", "records checked", "known to the child or a parent"), verified=True, edition=EDITION,
        started_by=("police.release",), when=release.released_to_another_adult, counting=release.at_the_release,
        met_by=DECISION, met_when=decided, may_precede=True, one_chance=True,
    ),
    DutyRule(
        code="D-REL-3", title="Travel plan out of area",
        what="Agree an accompanied journey and an adult who has accepted before release.", owed_by=Part.FORCE,
        owed_to=(Part.HOME_COUNCIL, Part.HOME_FORCE), nations=ENGLAND_AND_WALES, valid_from=OURS_SINCE,
        clock=release.BEFORE_RELEASE, basis=Basis.LOCAL, authority=f"{OURS}, after HMICFRS 2020", sources=("HM2",),
        evidence=("mode", "legs", "escort", "receiver who accepted", "override with its reason"), verified=False,
        edition=EDITION, started_by=("police.release",), when=release.released_out_of_area,
        counting=release.at_the_release, met_by=(*DECISION, "police.release"), met_when=release.journey_agreed,
        may_precede=True, one_chance=True,
    ),
    DutyRule(
        code="D-REL-3-ARRIVAL", title="Arrival confirmed",
        what="Confirm that the child has arrived and is received, within an hour of the planned arrival.",
        owed_by=Part.FORCE, owed_to=(Part.HOME_COUNCIL, Part.HOME_FORCE), nations=ENGLAND_AND_WALES,
        valid_from=OURS_SINCE, clock=hours(1), basis=Basis.LOCAL, authority=f"{OURS}, after HMICFRS 2020",
        sources=("HM2",), evidence=("who said so", "when", "how"), verified=False, edition=EDITION,
        started_by=("police.release",), when=release.on_a_journey, counting=release.from_the_planned_arrival,
        met_by=("police.arrival", "missing.found"), met_when=release.child_arrived, may_precede=True,
    ),
    DutyRule(
        code="D-REL-4", title="Home told of a release with signs",
        what="Tell the home council, home force, school and youth justice service.", owed_by=Part.FORCE,
        owed_to=(Part.HOME_COUNCIL, Part.HOME_FORCE, Part.SCHOOL, Part.YOUTH_JUSTICE), nations=ENGLAND_AND_WALES,
        valid_from=OURS_SINCE, clock=release.BEFORE_RELEASE, basis=Basis.LOCAL,
        authority=f"{OURS}; Children Act 2004 ss.10, 11", sources=("OURS",),
        evidence=("who was told, by name", "when"), verified=False, edition=EDITION,
        started_by=("police.release",), when=release.any_release, counting=release.at_the_release,
        met_by=(*NOTICES, "police.release"), met_when=release.home_told, may_precede=True, with_signs=True,
    ),
)
