"""The law as data: every duty that is known here, a file a field of work. A new duty is a row and its spec."""

from sightline.domain.duties.catalogue.care import CARE
from sightline.domain.duties.catalogue.custody import CUSTODY
from sightline.domain.duties.catalogue.detention import DETAINED
from sightline.domain.duties.catalogue.disposal import DISPOSAL
from sightline.domain.duties.catalogue.education import EDUCATION
from sightline.domain.duties.catalogue.handing_over import HANDING_OVER
from sightline.domain.duties.catalogue.looking import LOOKING
from sightline.domain.duties.catalogue.missing import MISSING
from sightline.domain.duties.catalogue.nations import NATIONS
from sightline.domain.duties.catalogue.placed import PLACED
from sightline.domain.duties.catalogue.placement import PLACEMENT
from sightline.domain.duties.catalogue.protection import PROTECTION
from sightline.domain.duties.catalogue.roll import ROLL
from sightline.domain.duties.catalogue.slavery import SLAVERY
from sightline.domain.duties.catalogue.waiting import WAITING
from sightline.domain.duties.rule import DutyRule

RULES: tuple[DutyRule, ...] = (
    *LOOKING, *EDUCATION, *ROLL, *MISSING, *CUSTODY, *DETAINED, *DISPOSAL, *CARE, *PROTECTION, *PLACEMENT,
    *PLACED, *SLAVERY, *NATIONS, *HANDING_OVER, *WAITING,
)


def rules_of(code: str) -> tuple[DutyRule, ...]:
    """Give the rows of a duty, oldest first: a duty whose law changed has one row for each time."""
    return _BY_CODE.get(code, ())


_BY_CODE = {code: tuple(rule for rule in RULES if rule.code == code) for code in {rule.code for rule in RULES}}
