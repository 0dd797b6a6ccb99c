"""Invented lives: timelines of any kinds and facts that the vocabulary allows, days and instants mixed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import KINDS, NUMBER, WORDS, YES_NO
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.timeline import Timeline

FIRST = datetime(2025, 10, 1, tzinfo=UTC)
LAST = datetime(2026, 7, 1, tzinfo=UTC)
MINUTES = int((LAST - FIRST).total_seconds() // 60)

INSTANTS = st.integers(0, MINUTES).map(lambda minutes: FIRST + timedelta(minutes=minutes))
DAYS = st.integers(0, MINUTES // 1440).map(lambda days: date(2025, 10, 1) + timedelta(days=days))
MOMENTS = INSTANTS | DAYS
PLACES = st.none() | st.builds(
    Place, council=st.sampled_from([None, "Knowsley", "Sefton", "Blackpool"]),
    force=st.sampled_from([None, "Merseyside", "Lancashire"]))
AGENCIES = st.sampled_from(["Knowsley", "Merseyside Police", "Knowsley Academy", "Lancashire Constabulary"])
IDS = [f"e{number}" for number in range(12)]
CODES = ["D-EX-1", "D-EX-4", "D-EX-8", "D-MIS-5", "D-ENC", "D-PLC-1", "D-ARR-4-SCREEN"]
WORDS_OF = {
    "category": ["PERM", "SUSP", "LNCH"], "reasons": ["DB", "OW", "DA"], "about": [*IDS, *CODES, "D-EX-4:e3"],
    "duty": [*CODES, "D-EX-1:e2"], "outcome": ["seen", "cancelled", "representations", "declined", "not needed"],
    "withdraws": IDS, "type": ["K2", "U1"], "source": ["6", "2A"], "authority": ["Knowsley", "Wandsworth"],
}


def facts_of(kind):
    return st.fixed_dictionaries({}, optional={fact.key: value_of(fact) for fact in KINDS[kind].facts})


def value_of(fact):
    words = st.sampled_from(WORDS_OF.get(fact.key) or list(fact.allowed) or ["something"])
    if fact.type == YES_NO:
        return st.booleans()
    if fact.type == NUMBER:
        return st.integers(0, 60)
    return st.lists(words, max_size=3) if fact.type == WORDS else words


# Kinds that play together are drawn more often than their number would have it.
LIKELY = ["school.exclusion", "decision.made", "notice.sent", "missing.reported", "missing.found", "police.arrest",
          "police.interview", "care.referral", "care.decision", "care.placement", "missing.return-interview"]


def entries_of(kind):
    return st.builds(
        Entry, st.just(""), st.just("amara"), st.just(kind), MOMENTS, AGENCIES, facts_of(kind),
        st.none() | st.integers(0, 200), PLACES, recorded_at=st.none() | INSTANTS)


def life_of(entries):
    """Name the entries, and turn the hours that each lasts into its end."""
    named = (replace(entry, id=IDS[number]) for number, entry in enumerate(entries))
    return Timeline.of("amara", (
        entry if entry.until is None else replace(entry, until=entry.ends + timedelta(hours=entry.until))
        for entry in named))


LIVES = st.lists(st.one_of([entries_of(kind) for kind in sorted(KINDS) + LIKELY * 4]), max_size=len(IDS)).map(life_of)
