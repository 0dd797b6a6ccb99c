"""The printed rule book says what the rules and their worked cases say today."""

import subprocess
import sys
from pathlib import Path

from sightline.domain.signs.catalogue import RULES

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "docs" / "reference" / "signs"


def test_the_rule_book_is_not_stale():
    command = [sys.executable, ROOT / "scripts" / "rule-book", "--check"]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_every_sign_has_a_page_that_says_what_it_is_not_evidence_of():
    for rule in RULES:
        text = (BOOK / f"{rule.code}.md").read_text(encoding="utf-8")
        assert rule.title in text
        assert rule.not_evidence_of in text
        assert f"({rule.code}.md)" in (BOOK / "index.md").read_text(encoding="utf-8")


def test_published_base_rates_are_told_where_exclusion_is_explained():
    permanent, suspended = ((BOOK / f"{code}.md").read_text(encoding="utf-8") for code in ("C05", "C06"))
    for told in ("53 % had any offence", "66 %", "13 % within 30 days after", "not exploitation"):
        assert told in permanent
    for told in ("20 % had any offence", "four in five had none", "not exploitation"):
        assert told in suspended
