"""Signs in whom a child is with: intelligence that names the child, and exploitation that was already recognised."""

from collections.abc import Iterator

from sightline.domain.signs.facts import word
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.gaps import may_follow
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import Rule
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.sign import Family


def named_in_intelligence(known: Known) -> Iterator[Finding]:
    """Find every graded report of police intelligence."""
    for entry in known.kind("police.intelligence"):
        if word(entry, "grade") or (entry.grade or "").strip():
            yield Finding(entry.at, [Evidence(entry, "Police intelligence {when}: ask the police what it says")])


def recognised_victim_with_a_new_sign(known: Known) -> Iterator[Finding]:
    """Find any sign that was completed after a positive decision, and before any negative one that came later."""
    decisions = known.kinds("slavery.reasonable-grounds", "slavery.conclusive-grounds")
    if not any(word(decision, "decision") == "positive" for decision in decisions):
        return
    for found in known.found:
        before = [decision for decision in decisions if may_follow(found.finding.at, decision.at)]
        if found.family is not Family.SYSTEM and before and word(before[-1], "decision") == "positive":
            decided = Evidence(before[-1], f"{KINDS[before[-1].kind].title}, positive, {{when}}", own=False)
            yield Finding(found.finding.at, [decided, found.finding.evidence[-1].quoted(found.code)])


C24 = Rule(
    code="C24",
    family=Family.RELATIONSHIPS,
    title="Named in police intelligence",
    explanation=(
        "Any graded report of police intelligence that is linked to the child. Its content and grade stay with the "
        "police; others see that it is there and whom to ask."),
    source="Plymouth exploitation pathway",
    source_key="G14",
    needs=("police.intelligence",),
    cancelled_by="The police say that the report was wrong, or about somebody else.",
    not_evidence_of="anything: intelligence is a report, not a fact",
    find=named_in_intelligence,
    police_detail=True,
)

C28 = Rule(
    code="C28",
    family=Family.RELATIONSHIPS,
    critical=True,
    title="Recognised as a victim of slavery, and a new sign",
    explanation=(
        "The National Referral Mechanism decided that there are reasonable or conclusive grounds, and any sign "
        "(failures of agencies aside) was completed after that decision. A later negative decision ends it for the "
        "signs that follow. It quotes those signs, and so never counts as one more family."),
    source="Sightline's own choice",
    source_key="D",
    needs=("slavery.reasonable-grounds", "slavery.conclusive-grounds"),
    cancelled_by="The decision was about somebody else, or every new sign was closed as wrong.",
    not_evidence_of="going back by choice",
    find=recognised_victim_with_a_new_sign,
    upon_signs=True,
)

RULES = (C24, C28)
