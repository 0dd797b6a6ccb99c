"""The whole rule book in its printed order; a family adds its rules in its own file."""

from sightline.domain.signs import education, home, justice, movement, system
from sightline.domain.signs.rule import Rule

RULES: tuple[Rule, ...] = tuple(sorted(
    (*movement.RULES, *education.RULES, *justice.RULES, *home.RULES, *system.RULES),
    key=lambda rule: ("CXHOF".index(rule.code[0]), rule.code),
))

BY_CODE = {rule.code: rule for rule in RULES}
