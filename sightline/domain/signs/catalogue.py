"""The whole rule book in its printed order; a family adds its rules in its own file."""

from sightline.domain.signs import (
    absence,
    associates,
    attendance,
    education,
    health,
    home,
    household,
    interviews,
    justice,
    movement,
    relationships,
    system,
    wealth,
)
from sightline.domain.signs.rule import Rule

FILES = (absence, movement, education, attendance, justice, wealth, health, relationships, associates, home, household,
         interviews, system)
RULES: tuple[Rule, ...] = tuple(sorted(
    (rule for file in FILES for rule in file.RULES), key=lambda rule: ("CXHOF".index(rule.code[0]), rule.code)))

BY_CODE = {rule.code: rule for rule in RULES}
