"""Duties around a caution: the youth justice service is told, and assesses."""

from sightline.domain.duties.catalogue.terms import EDITION, ENGLAND_AND_WALES, OURS_SINCE
from sightline.domain.duties.claims import custody as claims
from sightline.domain.duties.claims.acts import DECISION, NOTICES, done, noticed
from sightline.domain.duties.clock import WITHOUT_DELAY, working
from sightline.domain.duties.rule import Basis, DutyRule
from sightline.domain.vocabulary.duty import Part

DISPOSAL: tuple[DutyRule, ...] = (
    DutyRule(
        code="D-OOC-1", title="Assessment after a caution is referred",
        what="Complete the assessment of the child within 10 working days of the referral, and tell the police.",
        owed_by=Part.YOUTH_JUSTICE, owed_to=(Part.FORCE,), nations=ENGLAND_AND_WALES, valid_from=OURS_SINCE,
        clock=working(10), basis=Basis.GUIDANCE, authority="Youth Justice Board, case management guidance",
        sources=("L23",), evidence=("assessment", "what the police were told"), verified=True, edition=EDITION,
        started_by=("notice.sent",), when=claims.referred_to_youth_justice, met_by=(*NOTICES, *DECISION),
        met_when=done,
    ),
    DutyRule(
        code="D-OOC-2", title="Youth caution referred", what="Refer the child to the youth justice service.",
        owed_by=Part.FORCE, owed_to=(Part.YOUTH_JUSTICE,), nations=ENGLAND_AND_WALES, valid_from=OURS_SINCE,
        clock=WITHOUT_DELAY, basis=Basis.LAW,
        authority="Crime and Disorder Act 1998 ss.66ZA, 66ZB; LASPO 2012 s.135", sources=("L23",),
        evidence=("referral", "whether the defence of a victim was looked at first"), verified=True, edition=EDITION,
        started_by=("police.disposal",), when=claims.cautioned, met_by=NOTICES, met_when=noticed,
    ),
)
