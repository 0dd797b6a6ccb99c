"""Answer a responsibility question: the first rule that holds, by whom the owner is reached, and who must be told."""

from datetime import datetime, time

from sightline.domain.duties.days import CalendarEnds, working_days
from sightline.domain.duties.nations import Nation
from sightline.domain.responsibility.answer import COUNCIL, POLICE, Answer, Owner
from sightline.domain.responsibility.facts import Facts, NoPlace, Status
from sightline.domain.responsibility.rules import NOTES, RULES
from sightline.domain.vocabulary.moment import LONDON

# Office hours of councils: our own default; each council has its own, and its duty team for all others.
OFFICE_OPENS, OFFICE_CLOSES = time(9), time(17)

ACCOMMODATION = {
    Nation.WALES: "Social Services and Well-being (Wales) Act 2014 s.77(2)",
}
ACCOMMODATION_IN_ENGLAND = "Children Act 1989 s.21(2)"


def answer(facts: Facts) -> Answer:
    """Answer the four questions; there is always exactly one owner now.

    Raises NoPlace where nothing says where the child is or belongs.
    """
    if not facts.say_where:
        raise NoPlace
    rule = next(rule for rule in RULES if rule.holds(facts))
    given = rule.answers(facts)
    notes = [note for note in NOTES if note.code != rule.code and note.holds(facts)]
    accommodation = ACCOMMODATION.get(facts.nation, ACCOMMODATION_IN_ENGLAND)
    own = given.owner.name if given.owner.kind == COUNCIL else None
    told = dict.fromkeys(name for name in given.tell if name and name != own)
    return Answer(
        owner_now=given.owner.name, owner_kind=given.owner.kind, through=_through(given.owner, facts),
        enquires=given.enquires, accommodates=given.accommodates, long_term=given.long_term,
        rule=rule.code, also=tuple(note.code for note in notes),
        authority=tuple(text.replace("{accommodation}", accommodation) for text in rule.authority),
        verified=rule.verified, tell=tuple(told), because=(*given.because, *(note.says for note in notes)),
    )


def _through(owner: Owner, facts: Facts) -> str:
    if owner.kind == POLICE:
        return "designated officer" if facts.has(Status.POLICE_PROTECTION) else "duty officer"
    if facts.at is None or owner.kind != COUNCIL:
        return "duty contact"
    return "duty team" if _in_office_hours(facts.at, facts.nation) else "emergency duty team"


def _in_office_hours(at: datetime, nation: Nation) -> bool:
    """Tell whether an office is open; past the known bank holidays any weekday counts as open."""
    local = at.astimezone(LONDON)
    try:
        open_that_day = working_days(nation).beginning_with(local.date(), 1) == local.date()
    except CalendarEnds:
        open_that_day = local.weekday() < 5
    return open_that_day and OFFICE_OPENS <= local.time() < OFFICE_CLOSES
