"""Figures in words: inside the partnership, and outside it, where small numbers are kept back."""

from datetime import timedelta

import pytest

from sightline.domain.insight.figures import Share
from sightline.domain.insight.told import KEPT_BACK, length, number, percent


@pytest.mark.parametrize(("count", "inside", "outside"), [
    (0, "0", "0"), (1, "1", "1 to 4"), (4, "4", "1 to 4"), (5, "5", "5"), (7, "7", "5"), (8, "8", "10"),
    (1234, "1,234", "1,235")])
def test_a_count(count, inside, outside):
    assert (number(count, outside=False), number(count, outside=True)) == (inside, outside)


@pytest.mark.parametrize(("hits", "n", "kept"), [
    (3, 40, True), (37, 40, True), (0, 40, False), (40, 40, False), (10, 40, False), (2, 4, True)])
def test_a_share_that_would_point_at_a_child_is_kept_back_outside(hits, n, kept):
    share = Share(hits, n, 0.1, 0.9, 0)
    assert (percent(share, outside=True) == KEPT_BACK) is kept
    assert percent(share, outside=False).startswith(f"{hits / n * 100:.0f} %")


@pytest.mark.parametrize(("time", "words"), [
    (None, "not reached"), (timedelta(), "at once"), (timedelta(seconds=80), "1 minute"),
    (timedelta(minutes=44), "44 minutes"), (timedelta(hours=5.5), "5.5 hours"), (timedelta(days=1), "1 day"),
    (timedelta(days=2.5), "2.5 days"), (timedelta(days=209.6), "210 days")])
def test_a_length(time, words):
    assert length(time) == words
