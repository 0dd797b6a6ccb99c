"""The fast rules find what slow, obvious ones find, on invented lives counted in whole minutes."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sightline.domain.signs.attention import Shown, families_together
from sightline.domain.signs.catalogue import BY_CODE, RULES
from sightline.domain.signs.counting import windows
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.gaps import least_gap, most_gap
from sightline.domain.signs.known import Known
from sightline.domain.signs.reading import read
from sightline.domain.signs.schooldays import sessions_of
from sightline.domain.signs.terms import easter_monday
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import day_of
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.timeline import Timeline
from tests.generative.lives import CHILD, moment, numbers

START = datetime(2024, 9, 1, tzinfo=UTC)
DAY = 24 * 60
COUNCILS = ["Knowsley", "Sefton", "Liverpool", "Lancashire", "Cumberland"]

Slow = tuple[set[str], int, int] | None


def told(random: Random, kind: str, *, most: int, days: int, **more: object) -> list[tuple[int, Entry]]:
    """Invent up to so many entries of one kind, each with its minute."""
    minutes = sorted(random.sample(range(days * DAY), random.randrange(most + 1)))
    return [(m, Entry(f"{kind}{m}", CHILD, kind, START + timedelta(minutes=m), "one agency",
                      facts={k: random.choice(v) for k, v in more.items() if k != "place" and isinstance(v, list)},
                      place=Place(council=random.choice(COUNCILS)) if "place" in more else None)) for m in minutes]


def shown(findings: list[tuple[set[str], int]], now: int, *, days: int = 180) -> Slow:
    """Put together the findings that are shown: their entries, their first and their last minute."""
    current = [(ids, at) for ids, at in findings if at <= now < at + days * DAY]
    if not current:
        return None
    return set().union(*(ids for ids, _ in current)), min(at for _, at in current), max(at for _, at in current)


def counted(entries: list[tuple[int, Entry]], times: int, days: int) -> list[tuple[set[str], int]]:
    """Find, at every minute at which something happened, so many within so many days up to then."""
    found = []
    for now, _ in entries:
        window = {entry.id for minute, entry in entries if now - days * DAY <= minute <= now}
        if len(window) >= times:
            found.append((window, now))
    return found


def fast(code: str, entries: list[tuple[int, Entry]], now: int) -> Slow:
    """Ask the rule itself."""
    life = Timeline.of(CHILD, [entry for _, entry in entries])
    sign = next((s for s in read(life, at=START + timedelta(minutes=now), rules=RULES).signs if s.code == code), None)
    if sign is None:
        return None
    first, last = sign.first_at, sign.last_at
    assert isinstance(first, datetime)
    assert isinstance(last, datetime)
    return set(sign.because), (first - START) // timedelta(minutes=1), (last - START) // timedelta(minutes=1)


@given(numbers, st.integers(0, 700 * DAY))
def test_missing_again_and_again(number: int, now: int):
    """Short absences, an hour each, that do not overlap."""
    reports = [(m, e) for m, e in told(Random(number), "missing.reported", most=12, days=400)]
    reports = [r for i, r in enumerate(reports) if not i or r[0] - reports[i - 1][0] > DAY]
    returns = [(m + 60, Entry(f"back{m}", CHILD, "missing.found", START + timedelta(minutes=m + 60), "x"))
               for m, _ in reports]
    known = [r for r in reports if r[0] <= now]
    slow = shown(counted(known, 3, 90) + counted(known, 2, 30), now)
    # An absence of which the return is not yet known is no day old before the hour of its return: at most it is open.
    assert fast("C03", reports + returns, now) == slow


@given(numbers, st.integers(0, 700 * DAY))
def test_domestic_abuse_incidents(number: int, now: int):
    incidents = told(Random(number), "police.domestic-incident", most=8, days=500)
    known = [r for r in incidents if r[0] <= now]
    assert fast("H01", incidents, now) == shown(counted(known, 1, 0) + counted(known, 3, 365), now)


@given(numbers, st.integers(0, 700 * DAY))
def test_suspensions(number: int, now: int):
    """Suspensions on different days; the term of each is worked out here from a table of Easter Mondays."""
    easter = {2025: date(2025, 4, 21), 2026: date(2026, 4, 6)}

    def term(minute: int) -> tuple[int, int]:
        day = (START + timedelta(minutes=minute)).date()
        return day.year, 2 if day.month > 7 else int(day.year in easter and day > easter[day.year])

    random = Random(number)
    spells = told(random, "school.exclusion", most=8, days=500, category=["SUSP", "LNCH"], sessions=[1, 3, 6, 9])
    spells = [(m - m % DAY + 600, e) for m, e in spells]
    spells = [(m, Entry(f"x{m}", CHILD, e.kind, START + timedelta(minutes=m), e.by, e.facts)) for m, e in spells]
    spells = [s for i, s in enumerate(spells) if not i or s[0] != spells[i - 1][0]]
    known = [s for s in spells if s[0] <= now]
    much = []
    for minute, _ in known:
        same = [s for s in known if term(s[0]) == term(minute) and s[0] <= minute]
        if sum(e.facts["sessions"] for _, e in same) > 10:
            much.append(({e.id for _, e in same}, minute))
    assert fast("C06", spells, now) == shown(much + counted(known, 3, 180), now)


@given(numbers, st.integers(0, 700 * DAY))
def test_contacts_in_many_councils(number: int, now: int):
    contacts = told(Random(number), "police.stop", most=10, days=400, place=True)
    found = []
    for minute, _ in contacts:
        window = [c for c in contacts if minute - 90 * DAY <= c[0] <= minute]
        newest = {e.place.council: e.id for _, e in window if e.place}
        if minute <= now and len(newest) >= 3:
            found.append((set(newest.values()), minute))
    assert fast("C27", contacts, now) == shown(found, now)


@given(numbers, st.integers(0, 700 * DAY))
def test_arrests_for_supply_and_arrests_without_referral(number: int, now: int):
    random = Random(number)
    arrests = told(random, "police.arrest", most=5, days=400, offence=["drugs-supply", "theft"])
    late = {m: random.choice([None, 5, 60, 61, 600]) for m, _ in arrests}
    referrals = [(m + wait, Entry(f"r{m}", CHILD, "care.referral", START + timedelta(minutes=m + wait), "police"))
                 for m, wait in late.items() if wait is not None]
    known = [a for a in arrests if a[0] <= now]
    supply = [({e.id}, m) for m, e in known if e.facts["offence"] == "drugs-supply"]
    assert fast("C14", arrests + referrals, now) == shown(supply, now)
    unseen = [(m, e) for m, e in arrests if not any(m <= r <= min(m + 60, now) for r, _ in referrals)]
    slow = shown([({e.id}, m + 60) for m, e in unseen], now)
    sign = fast("F01", arrests + referrals, now)
    assert (sign and (sign[0] - {e.id for _, e in referrals}, *sign[1:])) == slow


@given(numbers, st.integers(0, 12), st.integers(1, 40))
def test_windows_hold_exactly_what_can_lie_within_them(number: int, size: int, days: int):
    random = Random(number)
    timeline = Timeline.of(CHILD, [Entry(f"e{n}", CHILD, "police.stop", moment(random), "x") for n in range(size)])
    evidence = [Evidence(entry, "") for entry in timeline]
    slow = [[e for j, e in enumerate(evidence) if j <= i and (j == i or least_gap(e.moment, last.moment)
                                                             <= timedelta(days=days))]
            for i, last in enumerate(evidence)]
    assert [list(w) for w in windows(evidence, days=days, since=datetime.min.replace(tzinfo=UTC))] == slow


@given(numbers)
def test_the_gap_between_two_moments_is_never_more_than_the_most(number: int):
    random = Random(number)
    one, other = sorted((moment(random), moment(random)), key=lambda m: least_gap(date(2000, 1, 1), m))
    assert least_gap(one, other) <= most_gap(one, other)


@given(numbers, st.integers(0, 8))
def test_families_count_when_one_entry_of_each_lies_within_90_days(number: int, size: int):
    random = Random(number)
    rules = [BY_CODE[code] for code in ("C02", "C05", "C14", "H01", "F01")]
    findings = []
    for n in range(size):
        at = START + timedelta(minutes=random.randrange(200 * DAY))
        finding = Finding(at, [Evidence(Entry(f"e{n}", CHILD, "x", at, "x"), "")])
        findings.append(Shown(random.choice(rules), finding, at))
    by_family: dict[str, list[datetime]] = {}
    for rule, finding, _ in findings:
        if rule.code != "F01":
            by_family.setdefault(rule.family, []).append(finding.at)
    slow = 0
    for pick in product(*([None, *times] for times in by_family.values())):
        chosen = [at for at in pick if at]
        if chosen and max(chosen) - min(chosen) <= timedelta(days=90):
            slow = max(slow, len(chosen))
    assert len(families_together(findings)) == slow


@given(st.integers(0, 27), st.integers(0, 30))
def test_weekdays_of_a_suspension_without_a_number_are_counted_one_by_one(start: int, length: int):
    first = date(2026, 5, 1) + timedelta(days=start)
    days = [first + timedelta(days=n) for n in range(length + 1)]
    entry = Entry("x", CHILD, "school.exclusion", first, "school", {"category": "SUSP"}, until=days[-1])
    assert (sessions_of(entry) or 0) == 2 * sum(day.weekday() < 5 for day in days)


def test_easter_monday_is_right_in_years_that_are_known():
    known = {2019: (4, 22), 2020: (4, 13), 2021: (4, 5), 2022: (4, 18), 2023: (4, 10), 2024: (4, 1), 2025: (4, 21),
             2026: (4, 6), 2027: (3, 29), 2028: (4, 17)}
    assert {year: (easter_monday(year).month, easter_monday(year).day) for year in known} == known


@given(numbers, st.integers(1, 8))
def test_what_a_second_agency_tells_of_the_same_absences_is_never_counted_again(number: int, size: int):
    """The police tell instants; the council tells the same absences, or some of them, by day."""
    random = Random(number)
    police, council = [], []
    for n in range(size):
        begin = START + timedelta(days=4 * n, minutes=random.randrange(DAY))
        end = begin + timedelta(minutes=random.randrange(2 * DAY))
        police.append(Entry(f"p{n}", CHILD, "missing.reported", begin, "police", until=end))
        if random.random() < 0.7:
            council.append(Entry(f"c{n}", CHILD, "missing.reported", day_of(begin), "council", until=day_of(end)))
    known = Known.of(Timeline.of(CHILD, police + council), at=START + timedelta(days=100))
    assert [episode.report for episode in known.episodes] == police
