"""The duty to look at a child when warning signs ask for it: two rules of our own, started by a reading of signs."""

from sightline.domain.duties.catalogue.terms import EDITION, OURS, OURS_SINCE
from sightline.domain.duties.claims.acts import DECISION
from sightline.domain.duties.claims.looking import looked, shows_critically, shows_in_two_families
from sightline.domain.duties.clock import Clock, hours, working
from sightline.domain.duties.nations import Nation
from sightline.domain.duties.rule import Basis, DutyRule, Starts
from sightline.domain.vocabulary.duty import Part

LOOK_NOW = "D-LOOK-1"
LOOK_NEXT_WORKING_DAY = "D-LOOK-2"


def _look(code: str, title: str, what: str, clock: Clock, when: Starts) -> DutyRule:
    return DutyRule(
        code=code, title=title, what=what,
        owed_by=Part.HOME_COUNCIL, owed_by_if_looked_after=Part.CARING_COUNCIL, owed_to=("the child",),
        nations=frozenset(Nation), valid_from=OURS_SINCE, clock=clock, basis=Basis.LOCAL,
        authority=OURS, sources=("OURS",),
        evidence=("what the person saw", "decision and reasons", "which signs it was about"),
        verified=False, edition=EDITION,
        started_by=(), when=when, met_by=DECISION, met_when=looked, answers_all=True,
    )


LOOKING: tuple[DutyRule, ...] = (
    _look(LOOK_NOW, "A person looks now",
          "Look at the child now: a critical warning sign shows. Record what you decided and why.",
          hours(1), shows_critically),
    _look(LOOK_NEXT_WORKING_DAY, "A person looks by the next working day",
          "Look at the child by the next working day: signs of two families show. Record what you decided and why.",
          working(1), shows_in_two_families),
)
