"""Every test vector of the clocks, one line each: clock, start, nation, what is due."""

import pytest

from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.clock import UnknownClock, read_clock
from sightline.domain.duties.clocks import Where, limit
from sightline.domain.duties.nations import UnknownNation, read_nation
from sightline.domain.vocabulary.moment import read_moment

TABLE = """
WD15  2026-04-02                 england           2026-04-27                 Easter, Good Friday and Easter Monday
WD15  2026-04-02                 wales             2026-04-27
WD15  2026-04-02                 scotland          2026-04-24                 no Easter Monday
WD15  2026-04-02                 northern-ireland  2026-04-27
WD45  2026-11-10                 england           2027-01-15                 over Christmas
WD1   2026-12-24                 england           2026-12-29                 Boxing Day falls on a Saturday
WD1   2026-12-24T23:59:00+00:00  england           2026-12-29                 the hour does not matter
WD1   2026-06-30T23:30:00+00:00  england           2026-07-02                 already 1 July in the United Kingdom
WD1   2026-05-16                 england           2026-05-18                 from a Saturday
WD2   2026-05-18                 england           2026-05-20
WD5   2026-08-28                 england           2026-09-07                 August bank holiday
WD5   2026-08-28                 scotland          2026-09-04
WD5   2026-07-10                 northern-ireland  2026-07-20                 13 July for the Sunday
WD5   2026-07-10                 england           2026-07-17
SD6   2026-05-20                 england           2026-06-03                 half-term; excluded from day 1
SDB6  2026-05-20                 england           2026-06-03
SDA6  2026-05-20                 england           2026-06-04                 after: the day itself is day 0
SD6   2026-05-23                 england           2026-06-08                 a Saturday: the next school day is day 1
SD15  2026-05-20                 england           2026-06-17                 after a notice
SDB15 2026-05-20                 england           2026-06-16
SD6   2026-04-29                 england           2026-05-07                 May Day has no school
SD1   2026-07-21                 england           2026-09-01                 over the summer
PRE   2026-05-23                 england           2026-06-01T08:30:00+01:00  Saturday before half-term
PRE   2026-06-02T03:00:00+01:00  england           2026-06-02T08:30:00+01:00  at night before a school day
PRE   2026-06-02T08:30:00+01:00  england           2026-06-03T08:30:00+01:00  school has just opened
PRE   2026-06-02                 england           2026-06-03T08:30:00+01:00  some time that day
PRE   2026-11-06T20:00:00+00:00  england           2026-11-09T08:30:00+00:00
CB3   2026-06-01                 england           2026-06-03                 beginning with the day itself
CB6   2026-06-10                 england           2026-06-15
CD30  2026-01-31                 england           2026-03-02
CD5   2026-05-22                 england           2026-05-27                 weekends count
M1    2026-01-31                 england           2026-02-28                 no 31 February
M1    2028-01-31                 england           2028-02-29
M3    2026-11-30                 england           2027-02-28
M6    2026-02-28                 england           2026-08-28
H72   2026-03-28T22:00:00+00:00  england           2026-03-31T23:00:00+01:00  clocks go forward: no hour is lost
H72   2026-10-24T22:00:00+01:00  england           2026-10-27T21:00:00+00:00  clocks go back: no hour is added
H2    2026-10-25T00:30:00+01:00  england           2026-10-25T01:30:00+00:00  the second half past one
H1    2026-05-16T23:30:00+01:00  england           2026-05-17T00:30:00+01:00  nights and weekends count
H24   2026-05-10                 england           2026-05-12T00:00:00+01:00  only the day is known: from its end
ND    2026-05-10T22:00:00+01:00  england           -                          no lawful number
"""

ROWS = [line.split(maxsplit=4)[:4] for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("spec", "start", "nation", "due"), ROWS, ids=[" ".join(row[:3]) for row in ROWS])
def test_a_clock_gives_what_the_law_counts(spec, start, nation, due):
    counted = limit(read_clock(spec), read_moment(start), where=Where(read_nation(nation), Calendars()))
    assert ("-" if counted.at is None else counted.at.isoformat()) == due


def test_the_clocks_are_written_in_brackets_too_and_in_small_letters():
    assert read_clock("wd(15)") == read_clock("WD15")
    assert read_clock("PRE(next school day)") == read_clock("pre")
    assert read_clock("ND(custody)").local_target == read_clock("H1")
    assert read_clock("ND").local_target == read_clock("H4")


NO_CLOCKS = ["", "H", "H0", "WD-1", "H1.5", "H10000", "XX3", "WD15 days", "H²", "H24H24", "ND4", "\x00"]


@pytest.mark.parametrize("spec", NO_CLOCKS)
def test_what_is_no_clock_is_refused_in_words(spec):
    with pytest.raises(UnknownClock, match="must be one of"):
        read_clock(spec)


def test_a_nation_is_read_whatever_its_capitals_and_refused_when_unknown():
    assert read_nation("Northern Ireland") == "northern-ireland"
    with pytest.raises(UnknownNation, match="england, wales"):
        read_nation("france")
