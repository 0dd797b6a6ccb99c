"""Duties while a child is detained: reviews and limits of detention, and accommodation instead of a cell."""

from datetime import date

from sightline.domain.duties.catalogue.terms import EDITION, ENGLAND_AND_WALES
from sightline.domain.duties.claims import detention as claims
from sightline.domain.duties.clock import WITHOUT_DELAY_IN_CUSTODY, hours
from sightline.domain.duties.rule import Basis, DutyRule, Step
from sightline.domain.vocabulary.duty import Part

SINCE = date(2015, 10, 26)
"""Since then seventeen-year-olds are children in custody, too (Criminal Justice and Courts Act 2015 s.42)."""
DETENTION = ("police.detention",)
LEFT = ("police.release", "police.court")
OUT_OF_HOURS = (Step(50, "named manager"), Step(100, "director"))
"""R7: the manager of the out-of-hours team first, the director on call after half of the hour. Our own choice."""

DETAINED: tuple[DutyRule, ...] = (
    DutyRule(
        code="D-ARR-5", title="First review of detention",
        what="Review whether the child must still be detained, and record why.", owed_by=Part.FORCE,
        owed_to=("the child",), nations=ENGLAND_AND_WALES, valid_from=SINCE, clock=hours(6), basis=Basis.LAW,
        authority="PACE s.40: 6 hours after detention was authorised", sources=("YJLC",),
        evidence=("who reviewed", "when", "what the child and the appropriate adult said"), verified=True,
        edition=EDITION, started_by=DETENTION, when=claims.authorised, met_by=(*DETENTION, *LEFT),
        met_when=claims.reviewed_or_left, answers_all=True,
    ),
    DutyRule(
        code="D-ARR-5-NEXT", title="Next review of detention",
        what="Review again whether the child must still be detained, and record why.", owed_by=Part.FORCE,
        owed_to=("the child",), nations=ENGLAND_AND_WALES, valid_from=SINCE, clock=hours(9), basis=Basis.LAW,
        authority="PACE s.40: 9 hours after the review before", sources=("YJLC",),
        evidence=("who reviewed", "when", "what the child and the appropriate adult said"), verified=True,
        edition=EDITION, started_by=DETENTION, when=claims.reviewed, met_by=(*DETENTION, *LEFT),
        met_when=claims.reviewed_or_left, answers_all=True,
    ),
    DutyRule(
        code="D-ARR-5-LIMIT", title="Limit of detention without charge",
        what="Charge or release the child, or have the detention extended by a superintendent.", owed_by=Part.FORCE,
        owed_to=("the child",), nations=ENGLAND_AND_WALES, valid_from=SINCE, clock=hours(24), basis=Basis.LAW,
        authority="PACE s.41: 24 hours; counted here from when detention was authorised, which is later than the law's "
                  "own beginning, the arrival at the station", sources=("YJLC",),
        evidence=("charge", "release", "authority to extend"), verified=True, edition=EDITION,
        started_by=DETENTION, when=claims.authorised, met_by=("police.charge", *DETENTION, *LEFT),
        met_when=claims.charged_extended_or_left, answers_all=True,
    ),
    DutyRule(
        code="D-ARR-5-EXTENDED", title="Limit of an extended detention",
        what="Charge or release the child before the extension ends.", owed_by=Part.FORCE, owed_to=("the child",),
        nations=ENGLAND_AND_WALES, valid_from=SINCE, clock=claims.BEFORE_THE_END, basis=Basis.LAW,
        authority="PACE ss.42 to 44: to 36 hours by a superintendent, then by warrant", sources=("YJLC",),
        evidence=("authority to extend", "charge", "release"), verified=True, edition=EDITION,
        started_by=DETENTION, when=claims.extended_until, counting=claims.to_the_end_of_the_extension,
        met_by=("police.charge", *DETENTION, *LEFT), met_when=claims.charged_extended_or_left, answers_all=True,
    ),
    DutyRule(
        code="D-CHG-3", title="Accommodation for a charged child",
        what="Receive the child and provide accommodation the same night: always where it need not be secure.",
        owed_by=Part.ASKED_COUNCIL, owed_to=(Part.FORCE,), nations=ENGLAND_AND_WALES, valid_from=SINCE,
        clock=WITHOUT_DELAY_IN_CUSTODY, basis=Basis.LAW,
        authority="Children Act 1989 s.21(2)(b); Social Services and Well-being (Wales) Act 2014 s.77(2)(b); "
                  "Concordat on children in custody 2017",
        sources=("L3",), evidence=("offered or declined, and why", "who answered for the council"), verified=True,
        edition=EDITION, started_by=("care.accommodation-asked",), when=claims.accommodation_asked,
        met_by=("care.accommodation-answered", "care.placement", "care.looked-after"),
        met_when=claims.accommodated_or_answered, escalation=OUT_OF_HOURS,
    ),
)
