"""Charts keep their figures' proportions, leave a gap for what is missing, and never draw outside themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.interfaces.web.chart import WIDTH, Figure, bar_chart, line_chart

FIGURES = st.lists(
    st.builds(Figure, st.just("x"), st.none() | st.floats(0, 1e9), st.just("words")), min_size=1, max_size=40
)


def test_bars_share_one_scale():
    few, many, hidden = bar_chart((Figure("a", 10, "10"), Figure("b", 40, "40"), Figure("c", None, "fewer than 6")))
    assert many.length == pytest.approx(4 * few.length, rel=0.01)
    assert hidden.length == 0


def test_the_scale_holds_the_intervals_too():
    (bar,) = bar_chart((Figure("a", 10, "10", low=5, high=20),))
    assert bar.high_x == WIDTH - 2
    assert bar.low_x == pytest.approx(bar.length / 2, rel=0.01)


def test_a_missing_figure_leaves_a_gap_in_the_line():
    values = (1, 2, None, 3, 4, 5)
    chart = line_chart([Figure(str(i), v, "") for i, v in enumerate(values)])
    assert [len(piece.split()) for piece in chart.pieces] == [2, 3]
    assert len(chart.points) == 5


@given(FIGURES)
def test_nothing_is_drawn_outside(figures):
    chart = line_chart(figures)
    assert all(0 <= x <= chart.width and 0 <= y <= chart.height for x, y, _ in chart.points)
    assert all(0 <= bar.length <= WIDTH for bar in bar_chart(figures))
    assert [tick.place for tick in chart.rows] == sorted((tick.place for tick in chart.rows), reverse=True)


def test_counts_have_rows_of_whole_numbers():
    assert [row.words for row in line_chart([Figure("a", 1, "")], least_step=1).rows] == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(("most", "top"), [(214, "240"), (1, "1"), (7, "8"), (99, "100"), (0, "1")])
def test_the_axis_ends_in_a_round_figure(most, top):
    assert line_chart([Figure("a", most, "")]).rows[-1].words == top
