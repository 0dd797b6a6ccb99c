"""Browsers, secrets and pages of a list are said in words that people know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.interfaces.web.shown import PageOf
from sightline.interfaces.web.sign_in.words import browser_in_words, in_fours


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0",
         "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15",
         "Safari on Mac"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_named_by_what_people_call_it(agent, words):
    assert browser_in_words(agent) == words


def test_a_secret_is_cut_into_fours():
    assert in_fours("ABCDEFGHIJ") == "ABCD EFGH IJ"


@pytest.mark.parametrize(
    ("number", "pages", "offered"),
    [
        (1, 1, (1,)),
        (1, 3, (1, 2, 3)),
        (4, 21, (1, 2, 3, 4, 5, None, 21)),
        (10, 21, (1, None, 9, 10, 11, None, 21)),
        (21, 21, (1, None, 20, 21)),
    ],
)
def test_a_long_list_offers_its_ends_and_its_neighbours(number, pages, offered):
    assert PageOf(number, pages, "?page={page}", 1, 20, 20).numbers == offered


@given(st.integers(1, 500), st.data())
def test_no_page_is_offered_twice_and_none_is_left_out_alone(pages, data):
    offered = PageOf(data.draw(st.integers(1, pages)), pages, "", 1, 1, 1).numbers
    numbers = [one for one in offered if one is not None]
    assert numbers == sorted(set(numbers))
    for at, one in enumerate(offered):
        if one is None:
            before, after = offered[at - 1], offered[at + 1]
            assert before is not None and after is not None and after - before > 2
