"""Duties when a child may be a victim of modern slavery, and of health services that see one."""

from datetime import date

from sightline.domain.duties.catalogue.terms import EDITION, ENGLAND, ENGLAND_AND_WALES, NOT_NEEDED, OURS, OURS_SINCE
from sightline.domain.duties.claims import health, slavery
from sightline.domain.duties.claims.acts import DECISION, NOTICES, decided, noticed
from sightline.domain.duties.clock import WITHOUT_DELAY, WITHOUT_DELAY_WITHIN_A_DAY, hours, working
from sightline.domain.duties.rule import Basis, DutyRule, Ending
from sightline.domain.vocabulary.duty import DutyState, Part

MODERN_SLAVERY_ACT_SINCE = date(2015, 11, 1)

SLAVERY: tuple[DutyRule, ...] = (
    DutyRule(
        code="D-NRM-1", title="Referral to the National Referral Mechanism",
        what="Refer the child online; the child's consent is not needed, and who may be under 18 is a child.",
        owed_by=Part.TELLER, owed_to=(Part.COMPETENT_AUTHORITY,), nations=ENGLAND_AND_WALES,
        valid_from=MODERN_SLAVERY_ACT_SINCE, clock=WITHOUT_DELAY_WITHIN_A_DAY, basis=Basis.LAW,
        authority="Modern Slavery Act 2015 s.52; Home Office referral form", sources=("R5", "G2"),
        evidence=("reference", "council contacted"), verified=True, edition=EDITION,
        started_by=("decision.made", "care.assessment"), when=slavery.may_be_a_victim,
        met_by=("slavery.referral",), met_when=slavery.victim_referred, endings=(NOT_NEEDED,), answers_all=True,
    ),
    DutyRule(
        code="D-NRM-2", title="Reasonable grounds decision",
        what="Decide whether there are reasonable grounds to believe that the child is a victim, where possible.",
        owed_by=Part.COMPETENT_AUTHORITY, owed_to=(Part.TELLER,), nations=ENGLAND_AND_WALES,
        valid_from=MODERN_SLAVERY_ACT_SINCE, clock=working(5), basis=Basis.GUIDANCE,
        authority="Home Office guidance: 5 working days where possible; 45 days in areas of the devolved pilot",
        sources=("G2",), evidence=("decision", "day"), verified=True, edition=EDITION,
        started_by=("slavery.referral",), when=slavery.referred_as_victim,
        met_by=("slavery.reasonable-grounds",), met_when=slavery.grounds_decided,
    ),
    DutyRule(
        code="D-NRM-5", title="Trafficking guardian",
        what="Refer the child to an independent guardian where the service exists; say so where it does not.",
        owed_by=Part.TELLER, owed_to=("guardianship service",), nations=ENGLAND_AND_WALES,
        valid_from=MODERN_SLAVERY_ACT_SINCE, clock=WITHOUT_DELAY, basis=Basis.LAW,
        authority="Modern Slavery Act 2015 s.48", sources=("MW",), evidence=("who was told, and when",),
        verified=True, edition=EDITION, started_by=("slavery.referral",), when=slavery.referred_as_victim,
        met_by=(*NOTICES, *DECISION), met_when=slavery.guardian_told_or_none,
    ),
    DutyRule(
        code="D-NRM-7", title="Prosecution told that a child is probably a victim",
        what="Tell police, prosecutors, the youth justice service and the defence of the positive decision.",
        owed_by=Part.HOME_COUNCIL, owed_to=("police", "Crown Prosecution Service", Part.YOUTH_JUSTICE, "defence"),
        nations=ENGLAND_AND_WALES, valid_from=OURS_SINCE, clock=hours(24), basis=Basis.LOCAL,
        authority=f"{OURS}, after policy of the Crown Prosecution Service", sources=("OURS", "MEMORY"),
        evidence=("who was told, and when",), verified=False, edition=EDITION,
        started_by=("slavery.reasonable-grounds",), when=slavery.grounds_while_prosecuted,
        met_by=NOTICES, met_when=noticed,
    ),
    DutyRule(
        code="D-NRM-8", title="Turning 18 in the mechanism",
        what="Ask for consent to stay in the mechanism, 30 days before the 18th birthday.",
        owed_by=Part.TELLER, owed_to=("the child",), nations=ENGLAND_AND_WALES, valid_from=OURS_SINCE,
        clock=slavery.BEFORE_CONSENT, basis=Basis.LOCAL, authority=OURS, sources=("OURS",),
        evidence=("what was asked", "what the child answered"), verified=False, edition=EDITION,
        started_by=("slavery.referral",), when=slavery.referred_as_victim, counting=slavery.before_consent_is_needed,
        met_by=DECISION, met_when=decided,
        endings=(Ending(("slavery.conclusive-grounds",), slavery.decided_conclusively, DutyState.MET,
                        "The mechanism has decided conclusively"),),
    ),
    DutyRule(
        code="D-HLT-4", title="Knife or gunshot wound told to police and council",
        what="Tell the police and children's social care of the wound.",
        owed_by=Part.TELLER, owed_to=("police", Part.HOME_COUNCIL), nations=ENGLAND_AND_WALES,
        valid_from=OURS_SINCE, clock=WITHOUT_DELAY, basis=Basis.GUIDANCE,
        authority="General Medical Council, guidance on gunshot and knife wounds", sources=("MEMORY",),
        evidence=("who was told, and when",), verified=False, edition=EDITION,
        started_by=("health.attendance",), when=health.stabbed, met_by=NOTICES, met_when=noticed,
    ),
    DutyRule(
        code="D-HLT-2", title="Council told that such a child attends",
        what="Send the access notice to the council: a child who is looked after or on a plan attends.",
        owed_by=Part.TELLER, owed_to=(Part.HOME_COUNCIL,), nations=ENGLAND, valid_from=OURS_SINCE, clock=WITHOUT_DELAY,
        basis=Basis.GUIDANCE, authority="NHS, Child Protection Information Sharing", sources=("G9",),
        evidence=("notice", "time"), verified=True, edition=EDITION,
        started_by=("health.attendance",), when=health.known_to_the_council, met_by=NOTICES, met_when=noticed,
    ),
    DutyRule(
        code="D-HLT-3", title="Worker looks into an attendance",
        what="Look into why the child attends, and whether the child was missing or out of area.",
        owed_by=Part.HOME_COUNCIL, owed_by_if_looked_after=Part.CARING_COUNCIL, owed_to=("the child",),
        nations=ENGLAND, valid_from=OURS_SINCE, clock=working(1), basis=Basis.LOCAL, authority=OURS, sources=("OURS",),
        evidence=("why", "what was done"), verified=False, edition=EDITION,
        started_by=("health.attendance",), when=health.known_to_the_council, met_by=DECISION, met_when=decided,
        answered_on_entry=True,
    ),
)
