"""While somebody is away: what is theirs shows with who covers, under the absent one's name, and is never unowned."""

from datetime import timedelta

import pytest

from sightline.apps.access.absences import AbsenceRefused, absences_of, end_absence, record_absence
from sightline.apps.duties.queries import duty
from sightline.apps.duties.queue import Line, Whose, hands_of, line_of
from sightline.apps.duties.work import take_on
from tests.integration.conftest import NOW

pytestmark = pytest.mark.usefixtures("cleared")
DAY = timedelta(days=1)


@pytest.fixture
def be_away(team, acting):
    """Let Mary record that one of the team is away and another covers."""
    def recording(who, covered_by, begins=NOW, ends=NOW + DAY, by="Mary"):
        with acting(by) as me:
            return record_absence(agency=me.agency, officer=team.officers[who], covered_by=team.officers[covered_by],
                                  from_at=begins, until_at=ends, by=me.officer, at=NOW)

    return recording


@pytest.fixture
def mine_of(acting):
    """Give what stands in somebody's own list at an instant."""
    def asking(who, at=NOW):
        with acting(who) as me:
            line = Line(me.agency, at, Whose.MINE, hands=hands_of(me.agency, officer=me.officer, at=at))
            return {str(one.duty.id) for one in line_of(line, most=99)}

    return asking


def test_what_lies_with_who_is_away_shows_with_who_covers_for_as_long_as_that_lasts(owe, be_away, mine_of, acting):
    held, on_the_desk = str(owe(officer="Beth")), str(owe())
    be_away("Beth", "Tom", begins=NOW + DAY, ends=NOW + 2 * DAY)
    assert mine_of("Tom") == set()
    assert mine_of("Tom", NOW + DAY) == mine_of("Beth", NOW + DAY) == {held, on_the_desk}
    assert mine_of("Tom", NOW + 2 * DAY) == set(), "it is over by itself"
    with acting("Tom") as tom:
        assert [hand.name for hand in hands_of(tom.agency, officer=tom.officer, at=NOW + DAY)] == ["Tom", "Beth"]
        assert duty(held).officer_name == "Beth", "nothing changed its owner"


def test_who_covers_for_one_who_covers_sees_to_both(owe, be_away, mine_of):
    marys, beths = str(owe(officer="Mary", desk="manager")), str(owe(officer="Beth"))
    be_away("Mary", "Beth")
    be_away("Beth", "Tom")
    assert mine_of("Tom") == {marys, beths}


def test_two_who_cover_for_one_another_end_nowhere_and_lose_nothing(owe, be_away, mine_of):
    toms, beths = str(owe(officer="Tom")), str(owe(officer="Beth"))
    be_away("Tom", "Beth")
    be_away("Beth", "Tom")
    assert mine_of("Tom") == mine_of("Beth") == {toms, beths}


def test_cover_that_ends_in_the_middle_leaves_what_was_taken_on_with_who_took_it(owe, be_away, mine_of, acting, team):
    one, other = owe(officer="Beth"), owe(officer="Beth")
    absence = be_away("Beth", "Tom")
    with acting("Tom") as tom:
        take_on(duty=one, officer=tom.officer, seen=team.officers["Beth"], at=NOW)
    with acting("Beth") as beth:
        assert end_absence(absence=absence, agency=beth.agency, officer=beth.officer, at=NOW)
        assert not end_absence(absence=absence, agency=beth.agency, officer=beth.officer, at=NOW)
    assert mine_of("Tom") == {str(one)}
    assert mine_of("Beth") == {str(other)}
    with acting("Tom") as tom:
        take_on(duty=other, officer=tom.officer, seen=team.officers["Beth"], at=NOW)  # of a page opened before it ended
    assert mine_of("Tom") == {str(one), str(other)}


def test_who_is_away_is_shown_to_the_agency_and_to_no_other(be_away, acting):
    be_away("Beth", "Tom")
    with acting("Tom") as tom:
        (found,) = absences_of(tom.agency, at=NOW)
        assert (found.name, found.covered_by_name, found.recorded_by) == ("Beth", "Tom", "Mary")
        agency = tom.agency
    for other in ("Carl", "Pat"):
        with acting(other):
            assert absences_of(agency, at=NOW) == []


@pytest.mark.parametrize(("covered_by", "begins", "ends"), [
    ("Beth", NOW, NOW + DAY), ("Carl", NOW, NOW + DAY), ("Dawn", NOW, NOW + DAY), ("Tom", NOW + DAY, NOW),
    ("Tom", NOW - 2 * DAY, NOW - DAY)])
def test_an_absence_that_nobody_could_cover_is_refused(be_away, covered_by, begins, ends):
    with pytest.raises(AbsenceRefused):
        be_away("Beth", covered_by, begins, ends)


def test_one_absence_at_a_time_and_one_after_the_other(be_away):
    be_away("Beth", "Tom", NOW + DAY, NOW + 3 * DAY)
    with pytest.raises(AbsenceRefused):
        be_away("Beth", "Mary", NOW + 2 * DAY, NOW + 4 * DAY)
    be_away("Beth", "Mary", NOW + 3 * DAY, NOW + 4 * DAY)


def test_an_officer_ends_no_absence_of_another_but_a_manager_does(be_away, acting, team):
    absence = be_away("Beth", "Tom")
    with acting("Tom") as tom:
        assert not end_absence(absence=absence, agency=tom.agency, officer=tom.officer, at=NOW)
    with acting("Carl") as carl:
        assert not end_absence(absence=absence, agency=carl.agency, officer=None, at=NOW)
        assert not end_absence(absence=absence, agency=team.agencies["Knowsley Council"], officer=None, at=NOW)
    with acting("Mary") as mary:
        assert end_absence(absence=absence, agency=mary.agency, officer=None, at=NOW)
