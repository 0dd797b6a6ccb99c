"""Which arrests create a referral, when it goes, to whom, and what it says and leaves out."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sightline.domain.custody.referral import (
    MOST_LINES,
    STEPS,
    Arrested,
    ReferralState,
    addressees,
    no_child,
    sections,
    sends_at,
    told_late,
)
from sightline.domain.responsibility.engine import answer
from sightline.domain.responsibility.facts import Area, Facts, Status
from sightline.domain.vocabulary.entry import Companion, Entry
from sightline.domain.vocabulary.moment import LONDON
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.sign import Family, Sign
from sightline.domain.vocabulary.timeline import Timeline

LINES = [line.split("|") for line in Path(__file__).with_name("referral.txt").read_text("utf-8").splitlines()[2:]
         if "|" in line]
AT = datetime(2026, 5, 20, 9, tzinfo=UTC)
ARREST = Entry("a1", "c1", "police.arrest", AT, "Lancashire Constabulary",
               {"offence": "drugs-supply", "property": ["cash", "class-a"], "custody_suite": "Preston"},
               place=Place(postcode="PR1 2DP", council="Lancashire"), people=(Companion("x9", "co-arrested", 31),))
AMARA = Arrested("Amara Okafor", date(2011, 4, 3), "F", "L36 9YZ, Knowsley")


def instant(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize("line", LINES, ids=[line[0].strip() for line in LINES])
def test_an_arrest_creates_a_referral_as_the_table_says(line):
    _, told, arrested, known, expected = (one.strip() for one in line)
    born = [Entry(f"b{n}", "c1", "child.born", date.fromisoformat(day), "somebody")
            for n, day in enumerate(told.split())]
    arrest = Entry("a1", "c1", "police.arrest", instant(arrested), "Lancashire Constabulary")
    timeline = Timeline.of("c1", [*born, arrest])
    found = "no" if no_child(timeline, arrest) else "late" if told_late(arrest, known_at=instant(known)) else "yes"
    assert found == expected


def test_it_goes_half_an_hour_after_the_arrest_became_known():
    assert sends_at(AT) == AT + timedelta(minutes=30)


def test_no_step_leads_away_from_sent_and_none_takes_a_referral_back():
    assert {step.before for step in STEPS} == {ReferralState.DRAFTED, ReferralState.ENDED}
    assert {step.by for step in STEPS if step.after is ReferralState.ENDED} == {"a fact"}


def test_it_goes_to_the_council_of_the_suite_and_the_home_council_each_once_with_the_rule():
    home, suite = Area("Knowsley", "Merseyside"), Area("Lancashire", "Lancashire")
    given = answer(Facts(home=home, custody=suite, custody_force="Lancashire", status=frozenset({Status.ARRESTED})))
    assert [one.name for one in addressees(given)] == ["Lancashire", "Knowsley"]
    assert all("(rule R5)" in one.because for one in addressees(given))


def written(*entries: Entry, signs: tuple[Sign, ...] = ()) -> dict[str, tuple[str, ...]]:
    found = sections(ARREST, child=AMARA, seen=Timeline.of("c1", [ARREST, *entries]), signs=signs,
                     sent_to=["Knowsley Council"])
    return {one.title: one.lines for one in found}


def test_it_says_who_where_and_what_for_and_others_by_part_and_age_alone():
    said = written()
    assert said["Who"] == ("Amara Okafor", "Born 03/04/2011, 15 when arrested", "Girl",
                           "Home, as told to the force: L36 9YZ, Knowsley")
    assert said["The arrest"] == (
        "Arrested 20/05/2026 10:00 BST at PR1 2DP, Lancashire, by Lancashire Constabulary", "Custody suite: Preston",
        "On suspicion of supplying drugs", "With the child: cash, class A drugs", "Co arrested: somebody aged 31")
    assert "x9" not in str(said)


def test_what_the_force_does_not_know_is_said_to_be_unknown_and_never_absent():
    said = written()
    assert said["School"] == ("Not known to the force. Ask the school.",)
    assert said["Looked after, or on a plan"] == ("Not known to the force. The council knows.",)
    assert "no sign of safety" in said["Who else has a part"][-1]


def test_it_tells_what_came_before_the_newest_last_and_counts_the_rest():
    missing = [Entry(f"m{n:02}", "c1", "missing.reported", AT - timedelta(days=n), "Merseyside Police")
               for n in range(1, MOST_LINES + 4)]
    long_ago = Entry("old", "c1", "police.arrest", AT - timedelta(days=800), "Cumbria Constabulary")
    said = written(*missing, long_ago)
    assert len(said["Missing"]) == MOST_LINES + 1
    assert said["Missing"][-1] == "And 3 earlier."
    assert said["Earlier arrests"] == ("None is known to the force.",)


def test_a_sign_of_what_agencies_failed_to_do_is_left_out():
    sign = Sign("F01", Family.SYSTEM, False, "Not referred", ("a1",), ("No referral",), AT, AT, "1", "OURS", False)
    assert written(signs=(sign,))["Warning signs, with their reasons"] == (
        "None shows in what the force may read.",)


def test_signs_come_with_their_reasons():
    sign = Sign("C02", Family.JUSTICE, True, "Far from home with drugs", ("a1",), ("Arrested 60 km away",), AT, AT,
                "2026-1", "OURS", False)
    assert written(signs=(sign,))["Warning signs, with their reasons"] == (
        "Far from home with drugs (critical): Arrested 60 km away",)
