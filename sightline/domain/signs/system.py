"""Signs of failure in the agencies' own system: not referred, not decided, no worker, prosecuted all the same."""

from collections.abc import Iterator
from datetime import timedelta

from sightline.domain.signs.facts import word
from sightline.domain.signs.finding import Evidence, Finding, Found
from sightline.domain.signs.gaps import earliest, least_gap, may_follow
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import Rule
from sightline.domain.signs.silence import unanswered
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.sign import Attention, Family

REFERRAL_HOURS = 1
DECISION_DAYS = 6
DECISIONS = ("care.decision", "care.assessment", "care.strategy-discussion", "care.enquiry", "care.plan", "care.closed")
FAMILIES, TOGETHER_DAYS = 2, 90
NOTE_HOURS = 24
ENDS_OF_PROSECUTION = ("police.no-further-action", "police.disposal")


def arrested_and_not_referred(known: Known) -> Iterator[Finding]:
    """Find an arrest that no referral to social care followed within an hour: from the moment the hour has passed."""
    says = "Arrested {when}, and no referral to social care followed within an hour"
    return unanswered((Evidence(arrest, says) for arrest in known.kind("police.arrest")),
                      wait=timedelta(hours=REFERRAL_HOURS), answers=known.kind("care.referral"),
                      answered="Referred, late, {when}")


def referred_and_not_decided(known: Known) -> Iterator[Finding]:
    """Find a referral on which nothing was decided when even the longest holidays were over."""
    says = "Referred to social care {when}, and no decision told"
    return unanswered((Evidence(referral, says) for referral in known.kind("care.referral")),
                      wait=timedelta(days=DECISION_DAYS), answers=known.kinds(*DECISIONS),
                      answered="Decided, or acted on, late, {when}")


def signs_and_no_worker(known: Known) -> Iterator[Finding]:
    """Find signs of a second family within 90 days while no allocated social worker is known."""
    recent = {(begins, found.family): found for found in known.found
              if found.family is not Family.SYSTEM and (begins := earliest(found.finding.at)) >= known.since}
    if len({family for _, family in recent}) < FAMILIES:
        return
    workers = known.kinds("care.worker", "care.closed")
    last: dict[Family, Found] = {}
    for _, sign in sorted(recent.items(), key=lambda item: item[0]):
        at = sign.finding.at
        near = [f for family, f in last.items() if family is not sign.family
                and least_gap(f.finding.at, at) <= timedelta(days=TOGETHER_DAYS)]
        last[sign.family] = sign
        so_far = [worker for worker in workers if may_follow(at, worker.at)] if near else []
        if near and not (so_far and so_far[-1].kind == "care.worker"):
            later = [worker for worker in workers if worker.kind == "care.worker" and not may_follow(at, worker.at)]
            late = [Evidence(worker, "Social worker allocated {when}") for worker in later[:1]]
            yield Finding(at, [_quoted(near[-1]), _quoted(sign), *late], answered=bool(late))


def _quoted(sign: Found) -> Evidence:
    return sign.finding.evidence[-1].quoted(sign.code)


def prosecuted_though_recognised_as_victim(known: Known) -> Iterator[Finding]:
    """Find a charge beside a positive decision, with no recorded decision and no end of it within a day of both."""
    positive = [e for e in known.kinds("slavery.reasonable-grounds", "slavery.conclusive-grounds")
                if word(e, "decision") == "positive"]
    ends = known.kinds(*ENDS_OF_PROSECUTION)
    for charge in known.kind("police.charge") if positive else ():
        first, last = sorted((charge, positive[0]), key=lambda entry: entry.starts)
        if any(may_follow(end.at, charge.at) and may_follow(last.at, end.at) for end in ends):
            continue
        about = {charge.id.casefold(), *(entry.id.casefold() for entry in positive), "f08"}
        notes = [e for e in known.kinds("decision.made", *ENDS_OF_PROSECUTION)
                 if e.kind != "decision.made" or word(e, "about") in about]
        ask = Evidence(last, f"{_either(last)} {{when}}, and no decision recorded on prosecuting a recognised victim")
        wait = timedelta(hours=NOTE_HOURS)
        for finding in unanswered([ask], wait=wait, answers=notes, answered="Decided, or ended, late, {when}"):
            yield finding._replace(evidence=[Evidence(first, f"{_either(first)} {{when}}"), *finding.evidence])


def _either(entry: Entry) -> str:
    return "Charged" if entry.kind == "police.charge" else "Recognised as a victim of slavery"


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

F02 = Rule(
    code="F02",
    family=Family.SYSTEM,
    title="Referred, and no decision told",
    explanation=(
        "A referral to children's social care that no decision, assessment, discussion, enquiry, plan or closure "
        f"followed within {DECISION_DAYS} days. Guidance asks for a decision within one working day, and duty D-REF-1 "
        "counts exactly that; this sign waits until no weekend or holiday can be the reason."),
    source="Working Together to Safeguard Children; the days are our own choice",
    source_key="G21, D",
    needs=("care.referral", *DECISIONS),
    cancelled_by="The decision was made and not told: council systems tell theirs late.",
    not_evidence_of="anything about the child: this is a failure of agencies",
    find=referred_and_not_decided,
)

F03 = Rule(
    code="F03",
    family=Family.SYSTEM,
    title="Signs in two parts of life, and no social worker known",
    explanation=(
        f"Signs of two families were completed within {TOGETHER_DAYS} days while no social worker was told as "
        "allocated, or the case had been closed since. Until one is told, a person must look by the next working day."),
    source="National Child Protection Inspections: 2019 thematic report, HMICFRS 2020",
    source_key="HM1, D",
    needs=("care.worker", "care.closed"),
    cancelled_by="A social worker was allocated and not told.",
    not_evidence_of="anything about the child: this is a failure of agencies",
    find=signs_and_no_worker,
    alone=Attention.NEXT_WORKING_DAY,
    upon_signs=True,
)

F08 = Rule(
    code="F08",
    family=Family.SYSTEM,
    title="Recognised as a victim of slavery, and the prosecution goes on without a recorded decision",
    explanation=(
        "The child was charged, and the National Referral Mechanism decided that there are reasonable or conclusive "
        f"grounds; {NOTE_HOURS} hours after both were there, no decision about the charge or the grounds was recorded "
        "and the police had not ended the matter. Until one is, a person must look by the next working day."),
    source="Crown Prosecution Service policy on victims of slavery (from memory); the hours are our own choice",
    source_key="D-NRM-7, D",
    needs=("police.charge", "slavery.reasonable-grounds", "slavery.conclusive-grounds", "decision.made",
           *ENDS_OF_PROSECUTION),
    cancelled_by="The decision was recorded elsewhere, or the charge is about another person.",
    not_evidence_of="anything about the child: this is a failure of agencies",
    find=prosecuted_though_recognised_as_victim,
    alone=Attention.NEXT_WORKING_DAY,
)

RULES = (F01, F02, F03, F08)
