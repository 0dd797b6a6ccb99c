"""The public page of responsibility is the one that the rules and their specs print."""

from sightline.interfaces.printed.responsibility import PAGE, SPECS, print_rules
from sightline.interfaces.printed.responsibility_spec import read_rule_specs


def test_the_page_is_not_stale():
    printed = print_rules(read_rule_specs(SPECS))
    assert PAGE.read_text(encoding="utf-8") == printed, "run: python -m sightline.interfaces.printed.responsibility"
