"""Duties in custody in Scotland and Northern Ireland, as far as they are known here. No row of them is verified."""

from datetime import date

from sightline.domain.duties.catalogue.terms import EDITION
from sightline.domain.duties.claims import custody as claims
from sightline.domain.duties.claims.acts import DECISION, NOTICES, decided, noticed
from sightline.domain.duties.clock import WITHOUT_DELAY_IN_CUSTODY
from sightline.domain.duties.nations import Nation
from sightline.domain.duties.rule import Basis, DutyRule
from sightline.domain.vocabulary.duty import Part

SCOTLAND, NORTHERN_IRELAND = frozenset({Nation.SCOTLAND}), frozenset({Nation.NORTHERN_IRELAND})

NATIONS: tuple[DutyRule, ...] = (
    DutyRule(
        code="D-SCO-1", title="Parent told of the arrest, Scotland",
        what="Tell a parent that the child is in custody, and let them see the child.", owed_by=Part.FORCE,
        owed_to=(Part.PARENT,), nations=SCOTLAND, valid_from=date(2018, 1, 25), clock=WITHOUT_DELAY_IN_CUSTODY,
        basis=Basis.LAW, authority="Criminal Justice (Scotland) Act 2016, part 1, on children in police custody",
        sources=("MEMORY",), evidence=("who was told, by name", "when"), verified=False, edition=EDITION,
        started_by=("police.arrest",), when=claims.arrested, met_by=NOTICES, met_when=noticed,
    ),
    DutyRule(
        code="D-SCO-2", title="Offence referred to the Children's Reporter",
        what="Refer the child to the Children's Reporter.", owed_by=Part.FORCE, owed_to=("Children's Reporter",),
        nations=SCOTLAND, valid_from=date(2013, 6, 24), clock=WITHOUT_DELAY_IN_CUSTODY, basis=Basis.LAW,
        authority="Children's Hearings (Scotland) Act 2011 ss.60 to 67", sources=("MEMORY",),
        evidence=("referral", "when"), verified=False, edition=EDITION,
        started_by=("police.arrest",), when=claims.arrested, met_by=NOTICES, met_when=noticed,
    ),
    DutyRule(
        code="D-SCO-3", title="Presumption against prosecution considered",
        what="Record whether credible information says that the offence came from exploitation: then there is a "
             "strong presumption against prosecution.",
        owed_by=Part.FORCE, owed_to=("Crown Office and Procurator Fiscal Service",), nations=SCOTLAND,
        valid_from=date(2016, 5, 31), clock=claims.BEFORE_CHARGE, basis=Basis.GUIDANCE,
        authority="Human Trafficking and Exploitation (Scotland) Act 2015 s.8: Lord Advocate's Instructions",
        sources=("L24", "MEMORY"), evidence=("facts for and against", "prosecutor told"), verified=False,
        edition=EDITION,
        started_by=("police.charge",), when=claims.charged, counting=claims.before_the_charge,
        met_by=DECISION, met_when=decided, may_precede=True,
    ),
    DutyRule(
        code="D-SCO-4", title="Child protection process opened, Scotland",
        what="Refer the arrested child to the council where the child was found, as a child who may be exploited: "
             "an inter-agency referral discussion follows.",
        owed_by=Part.FORCE, owed_to=(Part.FOUND_COUNCIL,), nations=SCOTLAND, valid_from=date(2012, 1, 1),
        clock=WITHOUT_DELAY_IN_CUSTODY, basis=Basis.GUIDANCE,
        authority="Scottish Government, practitioner guidance on criminal exploitation", sources=("L24", "MEMORY"),
        evidence=("referral", "officer"), verified=False, edition=EDITION,
        started_by=("police.arrest", "police.interview"),
        when=claims.arrested_or_interviewed, met_by=("care.referral",), met_when=claims.referred_by_police,
    ),
    DutyRule(
        code="D-NIR-1", title="Appropriate adult asked to attend, Northern Ireland",
        what="Inform the appropriate adult of the arrest, why and where, and ask them to attend.", owed_by=Part.FORCE,
        owed_to=("appropriate adult",), nations=NORTHERN_IRELAND, valid_from=date(2012, 1, 1),
        clock=WITHOUT_DELAY_IN_CUSTODY, basis=Basis.LAW,
        authority="Police and Criminal Evidence (Northern Ireland) Order 1989, Code C", sources=("MEMORY",),
        evidence=("who it is, no employee of the police", "time of arrival"), verified=False, edition=EDITION,
        started_by=("police.arrest", "police.interview"), when=claims.arrested_or_interviewed,
        met_by=(*NOTICES, "police.interview"), met_when=claims.adult_told_or_there,
    ),
    DutyRule(
        code="D-NIR-2", title="Defence of a victim considered, Northern Ireland",
        what="Record that the defence of a child who was exploited was considered: facts for and against.",
        owed_by=Part.FORCE, owed_to=("Public Prosecution Service",), nations=NORTHERN_IRELAND,
        valid_from=date(2015, 1, 14), clock=claims.BEFORE_CHARGE, basis=Basis.LAW,
        authority="Human Trafficking and Exploitation (Criminal Justice and Support for Victims) Act "
                  "(Northern Ireland) 2015 s.22",
        sources=("MEMORY",), evidence=("facts for and against", "prosecutor told"), verified=False, edition=EDITION,
        started_by=("police.charge",), when=claims.charged, counting=claims.before_the_charge,
        met_by=DECISION, met_when=decided, may_precede=True,
    ),
    DutyRule(
        code="D-NIR-3", title="Referral of an arrested child, Northern Ireland",
        what="Refer the arrested child to the health and social care trust, as a child who may be exploited.",
        owed_by=Part.FORCE, owed_to=(Part.FOUND_COUNCIL,), nations=NORTHERN_IRELAND, valid_from=date(2012, 1, 1),
        clock=WITHOUT_DELAY_IN_CUSTODY, basis=Basis.LOCAL,
        authority="No statute: our own rule, after HMICFRS 2020; Children (Northern Ireland) Order 1995 arts 65 and 66",
        sources=("OURS",), evidence=("referral", "officer"), verified=False, edition=EDITION,
        started_by=("police.arrest", "police.interview"), when=claims.arrested_or_interviewed,
        met_by=("care.referral",), met_when=claims.referred_by_police,
    ),
)
