"""A slow, obvious way to say which notice answers which exclusion agrees with the one that duties use."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.owed import owed
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.timeline import Timeline

FIRST = datetime(2026, 1, 5, tzinfo=UTC)
AT = FIRST + timedelta(days=90)
HOURS = st.integers(0, 24 * 80)
DAYS = st.integers(0, 80).map(lambda days: date(2026, 1, 5) + timedelta(days=days))
MOMENTS = HOURS.map(lambda hours: FIRST + timedelta(hours=hours)) | DAYS


def exclusions(moments):
    """Name exclusions on different days: two on one day would be one that is told twice."""
    days = {}
    for moment in moments:
        days.setdefault(moment if type(moment) is date else moment.date(), moment)
    return [Entry(f"e{number}", "amara", "school.exclusion", moment, "Knowsley Academy", {"category": "SUSP"})
            for number, moment in enumerate(days.values())]


def notices(told):
    return [Entry(f"n{number}", "amara", "notice.sent", moment, "Knowsley Academy",
                  {"duty": "D-EX-1" if names is None else f"D-EX-1:e{names}"})
            for number, (moment, names) in enumerate(told)]


def may_be_after(notice, exclusion):
    return notice.starts >= exclusion.starts or (type(notice.at) is date and notice.ends > exclusion.starts)


def answers(notice, exclusion, others):
    """Say, one by one: the notice names this exclusion; or it names none, and no later exclusion lies before it."""
    if not may_be_after(notice, exclusion):
        return False
    named = notice.facts["duty"].partition(":")[2]
    if named:
        return named == exclusion.id
    return not any(exclusion.starts < other.starts <= notice.starts for other in others)


@given(excluded=st.lists(MOMENTS, min_size=1, max_size=5),
       told=st.lists(st.tuples(MOMENTS, st.none() | st.integers(0, 4)), max_size=6))
def test_each_exclusion_is_answered_by_the_first_notice_that_belongs_to_it(excluded, told):
    starts, acts = exclusions(excluded), notices(told)
    duties = owed(Timeline.of("amara", [*starts, *acts]), at=AT, nation="england", calendars=Calendars())
    met_at = {duty.started_by: duty.met_at for duty in duties if duty.code == "D-EX-1"}
    for exclusion in starts:
        mine = [notice for notice in acts if answers(notice, exclusion, starts)]
        first = min(mine, key=lambda notice: notice.starts, default=None)
        assert met_at[exclusion.id] == (None if first is None else first.at) or first.starts == next(
            notice.starts for notice in mine if notice.at == met_at[exclusion.id])
