"""The public catalogue of duties is the one that the rules and their specs print."""

import re

from sightline.domain.duties.catalogue import RULES
from sightline.interfaces.printed.duties import PAGE, SPECS, print_catalogue
from sightline.interfaces.printed.duty_spec import read_specs


def test_the_page_is_not_stale():
    printed = print_catalogue(RULES, read_specs(SPECS))
    assert PAGE.read_text(encoding="utf-8") == printed, "run: python -m sightline.interfaces.printed.duties"


def test_every_link_of_the_overview_leads_to_a_heading():
    page = PAGE.read_text(encoding="utf-8")
    headings = {re.sub(r"[^a-z0-9-]", "", line[3:].lower().replace(" ", "-"))
                for line in page.splitlines() if line.startswith("## ")}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= headings
