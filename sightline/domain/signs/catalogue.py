"""The whole rule book in its printed order; a family adds its rules in its own file."""

from sightline.domain.signs import (
    absence,
    associates,
    attendance,
    education,
    environment,
    expected,
    health,
    home,
    household,
    interviews,
    justice,
    movement,
    observed,
    relationships,
    system,
    waiting,
    wealth,
)
from sightline.domain.signs.rule import Rule

FILES = (
    absence, movement, education, attendance, justice, wealth, health, relationships, associates, environment, home,
    household, observed, interviews, system, expected, waiting,
)
RULES: tuple[Rule, ...] = tuple(sorted(
    (rule for file in FILES for rule in file.RULES), key=lambda rule: ("CXHOF".index(rule.code[0]), rule.code)))

BY_CODE = {rule.code: rule for rule in RULES}
