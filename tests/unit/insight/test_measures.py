"""The definitions of what is measured are whole, and their topics are those of the framework that they name."""

from datetime import date

import pytest

from sightline.domain.insight.frameworks import framework, frameworks
from sightline.domain.insight.measures import TOPICS_OF, MeasureKind, measures


def test_there_are_all_measures_in_their_order():
    assert list(measures()) == [f"K{n}" for n in range(1, 30)]


@pytest.mark.parametrize("measure", measures().values(), ids=lambda measure: measure.code)
def test_a_measure_says_what_it_counts_and_what_it_does_not_see(measure):
    assert all((measure.title, measure.among, measure.counts, measure.clock, measure.limits, measure.edition))
    assert measure.topic in {topic.code for topic in framework(TOPICS_OF).topics}
    assert (measure.standard is not None) == (measure.kind is MeasureKind.TIME and bool(measure.standard_source)) or (
        measure.kind is MeasureKind.TIME)
    assert not (measure.verified and not measure.standard_source)


def test_a_number_without_a_source_is_no_standard():
    for measure in measures().values():
        assert (measure.standard is None) == (not measure.standard_source), measure.code


def test_one_framework_of_child_protection_inspections_follows_the_other():
    newest, *_ = [one for one in frameworks() if one.code.startswith("hmicfrs")]
    assert newest.since == date(2024, 4, 16)
    assert [topic.title for topic in newest.topics] == [
        "Leadership", "Partnership working", "Initial response", "Risk assessment and referral", "Investigation"]
    assert len(framework("hmicfrs-child-protection-2014").topics) == 7
    with pytest.raises(LookupError, match="no framework"):
        framework("x")
