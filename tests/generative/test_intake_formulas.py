"""The quick look at a line never misses a formula that the slow look at a cell finds."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.domain.intake.files.formula import is_formula, may_hold_formula

hidden = st.text(st.sampled_from(" \t\u200b\ufeff\u00a0\u2060\u202e\x01\u00ad"), max_size=4)
signs = st.sampled_from("=+-@\uff1d\uff0b\uff0d\uff20")
rests = st.one_of(st.sampled_from(("1", "SUM(1)", "cmd|x", "A1", "a b(", "44 (0)20")), st.text(max_size=8))
cells = st.one_of(st.builds("".join, st.tuples(hidden, signs, rests)), st.text(max_size=10))


@settings(max_examples=400, deadline=None)
@given(row=st.lists(cells, min_size=1, max_size=4), mark=st.sampled_from(",;\t|"), quoting=st.sampled_from((0, 1)))
def test_what_the_slow_look_finds_the_quick_look_does_not_miss(row, mark, quoting):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark, quoting=quoting).writerow(row)
    (read,) = csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=mark)
    if any(map(is_formula, read)):
        assert any(map(may_hold_formula, io.StringIO(out.getvalue(), newline="")))


@given(cell=st.text(max_size=30))
def test_a_sign_alone_at_the_start_is_what_makes_a_formula(cell):
    if is_formula(cell):
        assert set(cell) & set("=+-@\uff1d\ufe66\uff0b\uff0d\uff20\ufe62\ufe63\ufe6b\u2212")
