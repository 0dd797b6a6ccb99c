"""Which duties a placement out of area starts by what else is known: signs, or a notice that only one side gave.

An ordinary row is started by one kind of entry. These need more: signs beside the placement, or the silence of one of
two who must give notice (the council under the Care Planning Regulations, the home under the Children's Homes
Regulations: either notice without the other is an alarm).
"""

from collections.abc import Iterator
from datetime import timedelta

from sightline.domain.duties.answering import PRECEDES_BY_DAYS, Started
from sightline.domain.duties.catalogue.placed import ONE_SIDED, POLICE_TOLD
from sightline.domain.duties.claims.acts import NOTICES
from sightline.domain.duties.claims.placement import in_a_home_out_of_area, placed_out_of_area
from sightline.domain.duties.life import Life
from sightline.domain.duties.rule import Counting, DutyRule
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment, first_instant
from sightline.domain.vocabulary.sign import Family, Reading

COUNCILS_NOTICE, HOMES_NOTICE = "D-PLC-2", "D-PLC-6"
WORDS = {COUNCILS_NOTICE: "The home told the area’s council, and the council that placed the child did not.",
         HOMES_NOTICE: "The council that placed the child told the area’s council, and the home did not."}


def placed_started(life: Life, reading: Reading | None, rules: tuple[DutyRule, ...]) -> Iterator[Started]:
    """Give what placements start because signs show, or because one side alone gave notice."""
    placements = sorted(life.of("care.placement"), key=lambda entry: entry.starts)
    for entry in placements:
        for rule in rules:
            if rule.code == POLICE_TOLD and _holds(life, rule, entry) and reading is not None:
                yield from _with_signs(life, rule, entry, reading)
            if rule.code in ONE_SIDED and _holds(life, rule, entry):
                yield from _one_sided(life, rule, entry)


def _holds(life: Life, rule: DutyRule, entry: Entry) -> bool:
    on = life.on(entry)
    return rule.holds_in(life.where.nation) and rule.holds_on(on) and not life.adult_on(on)


def _with_signs(life: Life, rule: DutyRule, entry: Entry, reading: Reading) -> Iterator[Started]:
    """Start it when the child was placed, or when the first sign could be seen where that was later."""
    signs = [sign for sign in reading.signs if sign.family is not Family.SYSTEM]
    if signs and placed_out_of_area(life, entry):
        seen: Moment = min((sign.first_at for sign in signs), key=first_instant)
        codes = ", ".join(sorted({sign.code for sign in signs}))
        start = max(entry.at, seen, key=first_instant)
        yield Started(rule, entry, Counting(start, note=f"Signs that show: {codes}."), first_instant(entry.at))


def _one_sided(life: Life, rule: DutyRule, entry: Entry) -> Iterator[Started]:
    """Start it at the first notice, not before the placement; the other side's notice meets it."""
    if not in_a_home_out_of_area(life, entry):
        return
    first = {code: _first_notice(life, entry, code) for code in (COUNCILS_NOTICE, HOMES_NOTICE)}
    given = sorted((act.starts, code) for code, act in first.items() if act is not None)
    if not given:
        return
    at, code = given[0]
    silent = HOMES_NOTICE if code == COUNCILS_NOTICE else COUNCILS_NOTICE
    notice = first[code]
    assert notice is not None
    start = max(entry.at, notice.at, key=first_instant)
    yield Started(rule, entry, Counting(start, note=WORDS[silent]), at,
                  answered_about=frozenset({silent, f"{silent}:{entry.id}"}))


def _first_notice(life: Life, entry: Entry, code: str) -> Entry | None:
    """Give the first notice under the code that can be about this placement: from four weeks before it."""
    since = first_instant(entry.at) - timedelta(days=PRECEDES_BY_DAYS)
    acts = [act for kind in NOTICES for about in (code, f"{code}:{entry.id}")
            for act in life.by_address.get((kind, about), ()) if act.starts >= since]
    return min(acts, key=lambda act: act.starts, default=None)
