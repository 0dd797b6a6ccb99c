"""What speaks against a hypothesis is said in words: how usual, one incident, how it was reported, late files."""

from datetime import UTC, date, datetime, timedelta

from sightline.domain.places.against import NO_CAUSE, speaks_against
from sightline.domain.places.firsts import FirstSign
from sightline.domain.places.groups import Group
from sightline.domain.places.judging import STEPS, Judged, may_say
from sightline.domain.vocabulary.sign import Family

FROM = date(2026, 2, 2)
LONG_KNOWN = date(2020, 9, 1)


def first(after: int, code: str, *, known_after: int = 0) -> FirstSign:
    day = FROM + timedelta(days=after)
    known_at = datetime.combine(day + timedelta(days=known_after), datetime.min.time(), UTC)
    return FirstSign(day, code, Family.JUSTICE, "A sign", "A reason", known_at)


def said(*firsts: FirstSign, year_before: int = 0, told_since: date = LONG_KNOWN) -> list[str]:
    group = Group(FROM, FROM + timedelta(days=60), 1, tuple(str(n) for n in range(len(firsts))), year_before, ())
    found = speaks_against(group, firsts, told_since=told_since)
    assert found[-1] == NO_CAUSE
    return list(found[:-1])


VARIED = (first(5, "C05"), first(20, "C13"), first(40, "C02"))


def test_the_base_rate_is_always_said():
    assert said(*VARIED) == ["No pupil of this school is known to have shown a first sign in the year before."]
    assert said(*VARIED, year_before=1) == [
        "One pupil of this school showed first signs in the year before: 0.2 in 60 days."]
    (words,) = said(*VARIED, year_before=12)
    assert words.startswith("12 pupils of this school showed first signs in the year before: 2.0 in 60 days.")
    assert words.endswith("So many as now are not unusual here.")


def test_a_school_of_which_little_is_told_is_said_to_be_known_in_part():
    assert "before 1 December 2025" in said(*VARIED, told_since=date(2025, 12, 1))[1]


def test_several_signs_on_one_day_may_be_one_incident():
    assert said(first(5, "C05"), first(5, "C13"), first(40, "C02"))[1].startswith(
        "2 of the 3 showed on one day, 7 February 2026: it may be one incident")
    assert said(first(5, "C05"), first(5, "C13"), first(5, "C02"))[1].startswith("All 3 showed on one day")


def test_signs_of_one_kind_may_be_a_change_in_reporting():
    assert said(first(5, "C05"), first(20, "C05"), first(40, "C05"))[1].startswith("All are of one kind")


def test_signs_that_became_known_late_may_have_come_in_one_file():
    assert said(first(5, "C05", known_after=90), first(20, "C13", known_after=75), first(40, "C02"))[1].startswith(
        "2 of the 3 became known to Sightline more than 14 days after")


def test_every_step_of_a_judgement_leads_on():
    assert set(may_say(Judged.OPEN)) == {Judged.CONFIRMED, Judged.DISMISSED}
    assert may_say(Judged.CONFIRMED) == may_say(Judged.DISMISSED) == (Judged.OPEN,)
    assert {one for step in STEPS for one in step} == set(Judged)
