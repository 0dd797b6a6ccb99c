"""Signs of failure in our own books: handovers, duties, questions, doubts and referrals that wait for an answer."""

from collections.abc import Iterator
from datetime import timedelta

from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.gaps import earliest, later_by
from sightline.domain.signs.known import Known, adult_from
from sightline.domain.signs.ours import Waits
from sightline.domain.signs.rule import ANY_KIND, Rule
from sightline.domain.signs.silence import overdue, working_days_later
from sightline.domain.signs.wording import when
from sightline.domain.vocabulary.sign import Family

HANDOVER_WORKING_DAYS = 2
QUESTION_HOURS = 24
DOUBT_WORKING_DAYS = 2
REFERRAL_HOURS = 24
NOT_ABOUT_THE_CHILD = "anything about the child: this is a failure of agencies"


def handover_not_accepted(known: Known) -> Iterator[Finding]:
    """Find an offer to hand the child over that nobody accepted by the time that was set."""
    return overdue(
        known, Waits.HANDOVER, says="Offered to {whom} {when}, and nobody there accepted", late="accepted, late,",
        over=lambda one: one.due_at or working_days_later(known, one.since, HANDOVER_WORKING_DAYS))


def duty_that_nobody_holds(known: Known) -> Iterator[Finding]:
    """Find a duty of which everybody was told whom we could tell, and that nobody took up."""
    return overdue(known, Waits.UNHELD, says="Nobody had this in hand {when}: {whom}", late="taken up, late,",
                   over=lambda one: one.due_at or one.since)


def question_not_answered(known: Known) -> Iterator[Finding]:
    """Find a request to share what an agency knows that it has not answered."""
    return overdue(
        known, Waits.QUESTION, says="{whom} was asked {when} what it knows, and has not answered",
        late="answered, late,", over=lambda one: one.due_at or later_by(one.since, timedelta(hours=QUESTION_HOURS)))


def maybe_two_records(known: Known) -> Iterator[Finding]:
    """Find a doubt whether two records are one child that nobody answered within two working days."""
    return overdue(
        known, Waits.DOUBT, late="answered, late,",
        says="It was asked {when} whether what {whom} told is of the same child, and nobody has answered",
        over=lambda one: working_days_later(known, one.since, DOUBT_WORKING_DAYS))


def referred_and_unread(known: Known) -> Iterator[Finding]:
    """Find a referral of which the council was told and that nobody there opened within a day."""
    return overdue(known, Waits.REFERRAL, says="{whom} was told of the referral {when}, and nobody has opened it",
                   late="opened, late,", over=lambda one: later_by(one.since, timedelta(hours=REFERRAL_HOURS)))


def of_age_with_open_duties(known: Known) -> Iterator[Finding]:
    """Find a duty that was owed to the child and stood open on the eighteenth birthday."""
    adult_on = adult_from(known.born_on)
    if adult_on is None:
        return
    of_age = earliest(adult_on)
    for one in known.waiting(Waits.DUTY):
        entry = known.about(one)
        stood_open = one.since < of_age and (one.ended_at is None or one.ended_at > of_age)
        if entry is not None and stood_open:
            ended = "" if one.ended_at is None else f"; done, late, {when(one.ended_at)}"
            says = f"Owed {{when}}, and open on the 18th birthday: {one.whom}{ended}"
            yield Finding(of_age, [Evidence(entry, says, at=one.since)], answered=bool(ended))


F06 = Rule(
    code="F06",
    family=Family.SYSTEM,
    title="A handover was offered, and nobody accepted",
    explanation=(
        "An agency offered to hand something of the child (safety now, a plan, an enquiry, a placement, a school's "
        "file) to another, and nobody there accepted by the time set in the offer; where none was set, within "
        f"{HANDOVER_WORKING_DAYS} working days. A refusal is no acceptance. Who offered stays the owner meanwhile."),
    source="Both sides of the coin, HMICFRS 2020; the days are our own choice",
    source_key="HM1, D",
    needs=ANY_KIND,
    cancelled_by="The offer was withdrawn in time, or accepted by word of mouth and not recorded.",
    not_evidence_of=NOT_ABOUT_THE_CHILD,
    find=handover_not_accepted,
    of_ours="offers to hand the child over, with their answers",
)

F07 = Rule(
    code="F07",
    family=Family.SYSTEM,
    title="A duty to the child that nobody has in hand",
    explanation=(
        "A duty of which everybody was told whom we could tell, and nobody opened it: from the minute on which there "
        "was nobody left to tell. Or a duty of an organisation that takes no part here, which nobody took up for it by "
        "its limit. Each duty has an owner by name here; this sign is for one whose owner is not there."),
    source="National Child Protection Inspections: 2019 thematic report, HMICFRS 2020",
    source_key="HM1, D",
    needs=ANY_KIND,
    cancelled_by="Somebody does it and has not said so.",
    not_evidence_of=NOT_ABOUT_THE_CHILD,
    find=duty_that_nobody_holds,
    of_ours="duties with their notices",
)

F10 = Rule(
    code="F10",
    family=Family.SYSTEM,
    title="An agency was asked what it knows, and has not answered",
    explanation=(
        f"A request to share something of the child that the agency asked has not answered within {QUESTION_HOURS} "
        "hours. A refusal with its reasons is an answer. Absence of records is not safety: an agency that never "
        "answers may know most."),
    source="National Child Protection Inspections: 2019 thematic report, HMICFRS 2020; the hours are our own choice",
    source_key="HM1, D",
    needs=ANY_KIND,
    cancelled_by="It was answered by telephone and not recorded.",
    not_evidence_of=NOT_ABOUT_THE_CHILD,
    find=question_not_answered,
    of_ours="requests to share, with their answers",
)

F11 = Rule(
    code="F11",
    family=Family.SYSTEM,
    title="Perhaps two records of one child, and nobody has looked",
    explanation=(
        "The question whether two records are one child has waited for a person longer than "
        f"{DOUBT_WORKING_DAYS} working days. Until it is answered each record may lack what the other holds."),
    source="Both sides of the coin, HMICFRS 2020; the days are our own choice",
    source_key="HM1, D",
    needs=ANY_KIND,
    cancelled_by="A person answers the question. “Cannot tell” is an answer.",
    not_evidence_of="anything about the child, or of the two being one",
    find=maybe_two_records,
    of_ours="doubts whether two records are one child, with their answers",
)

F12 = Rule(
    code="F12",
    family=Family.SYSTEM,
    title="Turned 18 with duties open",
    explanation=(
        "A duty that was owed to the child stood open on the 18th birthday: help that was owed to a child and never "
        "came does not end because a birthday did. It is found on that day, without any new record."),
    source="National Child Protection Inspections: 2019 thematic report, HMICFRS 2020",
    source_key="HM1, D",
    needs=("child.born",),
    cancelled_by="The duty was done and not told, or the birthday is wrong.",
    not_evidence_of=NOT_ABOUT_THE_CHILD,
    find=of_age_with_open_duties,
    of_ours="duties that are open, or were met late",
)

F15 = Rule(
    code="F15",
    family=Family.SYSTEM,
    title="Referred, and nobody opened it",
    explanation=(
        f"The council was told of a referral, and nobody there opened that notice within {REFERRAL_HOURS} hours. F02 "
        "looks for a referral that was read and not decided."),
    source="National Child Protection Inspections: 2019 thematic report, HMICFRS 2020; the hours are our own choice",
    source_key="HM1, D",
    needs=("care.referral",),
    cancelled_by="It was read in the council's own system.",
    not_evidence_of=NOT_ABOUT_THE_CHILD,
    find=referred_and_unread,
    of_ours="notices of referrals, and whether they were opened",
)

RULES = (F06, F07, F10, F11, F12, F15)
