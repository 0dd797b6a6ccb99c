"""Every row of the catalogue says what it must: law or our own, source, owner, words for what starts and meets it."""

from sightline.domain.duties.catalogue import RULES, rules_of
from sightline.domain.duties.catalogue.sources import SOURCES
from sightline.domain.duties.rule import Basis, first_sentence
from sightline.domain.vocabulary.kinds import KINDS


def test_one_code_has_several_rows_only_for_times_that_do_not_overlap():
    for code in {rule.code for rule in RULES}:
        for one, other in zip(rules_of(code), rules_of(code)[1:], strict=False):
            assert one.valid_to is not None
            assert one.valid_to < other.valid_from


def test_every_source_that_a_row_cites_is_listed_and_none_is_listed_in_vain():
    cited = {key for rule in RULES for key in rule.sources}
    assert cited <= set(SOURCES)


def test_what_is_from_memory_or_our_own_is_never_called_verified():
    assert [rule.code for rule in RULES if rule.verified and {"MEMORY", "OURS"} & set(rule.sources)] == []
    assert [rule.code for rule in RULES if rule.basis is Basis.LOCAL and rule.verified] == []


def test_what_has_not_commenced_or_waits_starts_nothing():
    assert [rule.code for rule in RULES if not rule.starts and (rule.started_by or rule.met_by)] == []
    assert {"D-INF-1", "D-CNIS", "D-CSA-1"} <= {rule.code for rule in RULES if not rule.commenced}


def test_every_row_that_starts_says_in_words_what_starts_and_meets_it():
    for rule in RULES:
        claims = [rule.when, rule.met_when, *(ending.when for ending in rule.endings)]
        assert all(first_sentence(claim).endswith(".") for claim in claims), rule.code
        assert rule.what.endswith(".")
        assert rule.title
        assert rule.owed_to
        assert not rule.starts or rule.evidence


def test_every_row_names_kinds_that_the_vocabulary_knows():
    kinds = {kind for rule in RULES for kind in (*rule.started_by, *rule.met_by)}
    assert kinds | {kind for rule in RULES for ending in rule.endings for kind in ending.by} <= set(KINDS)


def test_no_row_has_been_reviewed_by_nobody():
    assert [rule.code for rule in RULES if (rule.reviewed_by is None) != (rule.reviewed_on is None)] == []
