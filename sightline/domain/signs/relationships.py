"""Signs in whom a child is with: adults who were warned off, crimes against the child, intelligence, slavery."""

from collections.abc import Iterator

from sightline.domain.signs.facts import said_yes, word
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.gaps import may_follow
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import Rule
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.sign import Family

WITHDREW = "An allegation was withdrawn {when}"


def named_in_intelligence(known: Known) -> Iterator[Finding]:
    """Find every graded report of police intelligence."""
    for entry in known.kind("police.intelligence"):
        if word(entry, "grade") or (entry.grade or "").strip():
            yield Finding(entry.at, [Evidence(entry, "Police intelligence {when}: ask the police what it says")])


def withdrew_against_somebody_known(known: Known) -> Iterator[Finding]:
    """Find a withdrawn allegation, of a crime other than a sexual one, against somebody whom the child knows."""
    for entry in known.kind("police.crime-outcome"):
        if said_yes(entry, "withdrew") and said_yes(entry, "accused_known") and word(entry, "offence") != "sexual":
            yield Finding(entry.at, [Evidence(entry, f"{WITHDREW}, against somebody whom the child knows")])


def withdrew_of_sexual_abuse(known: Known) -> Iterator[Finding]:
    """Find a withdrawn allegation of a sexual offence, whoever was accused."""
    for entry in known.kind("police.crime-outcome"):
        if said_yes(entry, "withdrew") and word(entry, "offence") == "sexual":
            yield Finding(entry.at, [Evidence(entry, f"{WITHDREW}, of a sexual offence")])


def adult_warned_off(known: Known) -> Iterator[Finding]:
    """Find every abduction warning about the child, and every later contact with the adult whom one of them names."""
    warned: dict[str, Entry] = {}
    for warning in known.kind("police.abduction-warning"):
        yield Finding(warning.at, [Evidence(warning, "Child abduction warning notice {when}: ask the police")])
        for adult in warning.people:
            warned.setdefault(adult.id, warning)
    for contact in known.kinds("police.arrest", "police.stop", "missing.found", "rail.contact") if warned else ():
        before = next((warned[p.id] for p in contact.people if p.id in warned), None)
        if before and may_follow(contact.at, before.at):
            told = [Evidence(before, "Child abduction warning notice {when}"),
                    Evidence(contact, f"{KINDS[contact.kind].title} {{when}}, with the adult who was warned")]
            yield Finding(contact.at, told)


def groomed_online(known: Known) -> Iterator[Finding]:
    """Find every sexual offence against the child that was done online."""
    for entry in known.kind("police.victim"):
        if word(entry, "offence") == "sexual" and said_yes(entry, "online"):
            yield Finding(entry.at, [Evidence(entry, "Victim of a sexual offence online {when}")])


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


C19 = Rule(
    code="C19",
    family=Family.RELATIONSHIPS,
    title="Allegation withdrawn against somebody whom the child knows",
    explanation=(
        "The police closed a crime against the child because the allegation was withdrawn, and told that the child "
        "knows who was accused. Sexual offences have a sign of their own (X05). The machine flags it; a person judges "
        "why it was withdrawn."),
    source="Plymouth exploitation pathway",
    source_key="G14",
    needs=("police.crime-outcome",),
    cancelled_by="The child said freely, and seen alone, that it had not happened so.",
    not_evidence_of="a lie, nor of pressure by anybody",
    find=withdrew_against_somebody_known,
)

X03 = Rule(
    code="X03",
    family=Family.RELATIONSHIPS,
    title="An adult was warned to keep away from the child",
    explanation=(
        "A child abduction warning notice about the child; and any later arrest, stop, contact on the railway or "
        "return from missing at which the adult whom it names was with the child. Whom it names stays with the "
        "police; others see that it is there and whom to ask."),
    source="Perth and Kinross, West Yorkshire and Department for Education lists on child sexual exploitation",
    source_key="G14",
    needs=("police.abduction-warning", "police.arrest", "police.stop", "missing.found", "rail.contact"),
    cancelled_by="The notice was taken back, or names another child.",
    not_evidence_of="consent, nor of a crime that was proven",
    find=adult_warned_off,
    police_detail=True,
)

X05 = Rule(
    code="X05",
    family=Family.RELATIONSHIPS,
    title="Allegation of a sexual offence withdrawn",
    explanation=(
        "The police closed a sexual offence against the child because the allegation was withdrawn, whoever was "
        "accused. The machine flags it; a person judges why it was withdrawn."),
    source="Perth and Kinross, West Yorkshire and Department for Education lists on child sexual exploitation",
    source_key="G14",
    needs=("police.crime-outcome",),
    cancelled_by="The child said freely, and seen alone, that it had not happened so.",
    not_evidence_of="a lie, nor of pressure by anybody",
    find=withdrew_of_sexual_abuse,
)

O03 = Rule(
    code="O03",
    family=Family.RELATIONSHIPS,
    title="Victim of a sexual offence online",
    explanation=(
        "The police recorded a sexual offence against the child, such as grooming, and marked it as done online. "
        "Where it was not told whether it was online, it makes no sign here."),
    source="Sightline's own choice, after lists on online harm; the row is from memory",
    source_key="M",
    needs=("police.victim",),
    cancelled_by="The crime was recorded for the wrong child, or was found not to have happened.",
    not_evidence_of="anything that the child chose",
    find=groomed_online,
)

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

RULES = (C19, C24, C28, X03, X05, O03)
