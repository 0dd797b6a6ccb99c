"""A rule is passed over where nothing of a kind that it needs is told: what it says it needs must be all it reads."""

from dataclasses import replace
from datetime import datetime

from hypothesis import given

from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.reading import read
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.timeline import Timeline
from tests.generative.lives import any_lives, instants

NEVER_PASSED_OVER = tuple(replace(rule, needs=tuple(KINDS)) for rule in RULES)


@given(any_lives, instants)
def test_passing_over_a_rule_changes_no_reading(life: Timeline, at: datetime):
    assert read(life, at=at) == read(life, at=at, rules=NEVER_PASSED_OVER)


def test_a_rule_that_hides_what_it_reads_would_be_found():
    arrest = Timeline.of("amara", [Entry("e1", "amara", "police.arrest", datetime.fromisoformat("2026-05-01T10:00Z"),
                                         "Merseyside Police")])
    at = datetime.fromisoformat("2026-05-02T10:00Z")
    hiding = tuple(replace(rule, needs=("care.referral",)) if rule.code == "F01" else rule for rule in RULES)
    assert {sign.code for sign in read(arrest, at=at).signs} - {s.code for s in read(arrest, at=at, rules=hiding).signs
                                                                } == {"F01"}
