"""The page that explains the demonstration shows the rates and assumptions that the code has."""

from pathlib import Path

import pytest

from sightline.demonstration import explained

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "demonstration-partnership.md"


@pytest.mark.parametrize(
    ("name", "tables"),
    [("council rates", explained.council_rates), ("other rates", explained.other_rates),
     ("assumptions", explained.assumptions), ("mistakes", explained.mistakes),
     ("done", explained.done)],
)
def test_the_page_is_not_stale(name, tables):
    """Run scripts/explain-demonstration where this fails."""
    text = PAGE.read_text(encoding="utf-8")
    inside = text.split(f"<!-- {name} -->")[1].split(f"<!-- end of {name} -->")[0]
    assert inside.strip() == tables().strip()


def test_the_page_shows_what_came_out():
    text = PAGE.read_text(encoding="utf-8")
    assert "| Permanent exclusions, secondary, per 100 pupils a year |" in text
    assert "Nobody in it exists" in text
