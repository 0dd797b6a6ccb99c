"""Measure a look back on one child at 50, 500 and 5,000 entries, whole and as a page shows it.

`python -m benchmarks.look_back` prints a table; the quick form leaves out what takes minutes. Lives are those of
`read_signs`: an ordinary one, mostly school and care, and an eventful one, in which every entry may start a duty. Every
entry became known at a moment of its own, which is the worst case: an import tells of many at once.
"""

from random import Random
from time import process_time

from benchmarks.read_signs import AT, EVENTFUL, ORDINARY, Row, life
from sightline.domain.duties.calendars import Calendars
from sightline.domain.lookback.history import History
from sightline.domain.lookback.looking_back import LookBack, look_back

SIZES = (50, 500, 5_000)
QUICK = (50,)
A_PAGE = 100
"""So many of the newest tellings are looked back on by a page."""
CALENDARS = Calendars()


def looked_back(size: int, kinds: dict[str, int], *, page: bool) -> tuple[LookBack, float]:
    """Look back on an invented life of so many entries; give it with the CPU seconds that it took."""
    told = life(Random(1), size, kinds)
    history = History.of(told.child, told)
    begun = process_time()
    back = look_back(history, until=AT, calendars=CALENDARS, since=history.since_last(A_PAGE) if page else None)
    return back, process_time() - begun


def measure(*, full: bool) -> list[Row]:
    """Look back on a life of each kind and size."""
    rows: list[Row] = []
    looked_back(10, ORDINARY, page=False)  # the first one loads the calendars
    for name, kinds in (("ordinary", ORDINARY), ("eventful", EVENTFUL)):
        for size in SIZES if full else QUICK:
            for page in (False, True):
                if size > SIZES[1] and not page:
                    continue
                back, seconds = looked_back(size, kinds, page=page)
                what = f"look back on an {name} life of {size:,} entries, {'as a page' if page else 'whole'}"
                rows += [(what, seconds, "CPU s"), (f"{what}, readings as told", back.replayed.readings, "")]
    return rows


if __name__ == "__main__":
    for what_, value, unit in measure(full=True):
        print(f"{what_:75} {value:9.2f} {unit}")
