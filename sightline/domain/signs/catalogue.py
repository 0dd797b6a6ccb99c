"""The whole rule book in its printed order; a family adds its rules in its own file."""

from sightline.domain.signs import absence, education, home, justice, movement, system
from sightline.domain.signs.rule import Rule

RULES: tuple[Rule, ...] = tuple(sorted(
    (*absence.RULES, *movement.RULES, *education.RULES, *justice.RULES, *home.RULES, *system.RULES),
    key=lambda rule: ("CXHOF".index(rule.code[0]), rule.code),
))

BY_CODE = {rule.code: rule for rule in RULES}
