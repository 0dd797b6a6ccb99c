"""Words that rows of the catalogue share: where they hold, from when our own rules hold, which edition they are."""

from datetime import date

from sightline.domain.duties.claims.acts import found_not_needed
from sightline.domain.duties.nations import Nation
from sightline.domain.duties.rule import Ending
from sightline.domain.vocabulary.duty import DutyState

ENGLAND = frozenset({Nation.ENGLAND})
ENGLAND_AND_WALES = frozenset({Nation.ENGLAND, Nation.WALES})

# A change of any number or claim in a row is a new edition of that row; duties that were started keep their own.
EDITION = "2026.1"

# Our own rules are no law and hold as far back as working days can be counted, so that a look back shows them too.
OURS_SINCE = date(2012, 1, 1)

OURS = "No statute: our own rule"

NOT_NEEDED = Ending(("decision.made",), found_not_needed, DutyState.MET, "Found not to be needed")
