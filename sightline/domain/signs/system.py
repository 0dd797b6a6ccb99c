"""Signs of failure in the agencies' own system: what should have followed, and did not."""

from collections.abc import Iterator
from datetime import timedelta

from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.gaps import earliest, later_by, may_follow
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import Rule
from sightline.domain.vocabulary.sign import Attention, Family

REFERRAL_HOURS = 1


def arrested_and_not_referred(known: Known) -> Iterator[Finding]:
    """Find an arrest that no referral to social care followed within an hour: from the moment the hour has passed."""
    for arrest in known.kind("police.arrest"):
        hour_over_at = later_by(arrest.at, timedelta(hours=REFERRAL_HOURS))
        after = [referral for referral in known.kind("care.referral") if may_follow(referral.at, arrest.at)]
        if after and earliest(after[0].at) <= hour_over_at:
            continue
        evidence = [Evidence(arrest, "Arrested {when}, and no referral to social care followed within an hour")]
        evidence += [Evidence(referral, "Referred, late, {when}") for referral in after[:1]]
        yield Finding(hour_over_at, tuple(evidence), answered=bool(after))


F01 = Rule(
    code="F01",
    family=Family.SYSTEM,
    title="Arrested, and not referred to social care within an hour",
    explanation=(
        f"An arrest of a child that no referral to children's social care followed within {REFERRAL_HOURS} hour. "
        "Where only the day of the arrest is known, the hour ends an hour after that day; where only the day of the "
        "referral is known, it is in time if it can have been. Until a referral is told, a person must look by the "
        "next working day even if nothing else is shown, because nobody may know of the child; a late one stays on "
        "record."),
    source="National Child Protection Inspections: 2019 thematic report, HMICFRS 2020; the hour is our own choice",
    source_key="HM1, D",
    needs=("police.arrest", "care.referral"),
    cancelled_by="A referral made within the hour is told, or the arrest was told for the wrong child.",
    not_evidence_of="anything about the child: this is a failure of agencies",
    find=arrested_and_not_referred,
    alone=Attention.NEXT_WORKING_DAY,
)

RULES = (F01,)
