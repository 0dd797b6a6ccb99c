"""Show how good our links are: figures of all records together, of no child."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render

from sightline.apps.people.dry_spells import Dry, dry_now
from sightline.apps.people.how_good import BANDS, HowGood, how_good
from sightline.apps.people.weights import Kept, in_use, kept_in_use
from sightline.domain.access.verbs import Verb
from sightline.domain.operations.counted import FEWEST_SHOWN
from sightline.domain.people.inputs import INPUTS, Filled
from sightline.domain.signs.precision import SHOWN_FROM, wilson
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.chart import Bar, Figure, bar_chart
from sightline.interfaces.web.moments import moment_in_words

FEWER = f"Fewer than {FEWEST_SHOWN}"
TOO_FEW = f"Too few answers to say: fewer than {SHOWN_FROM}"
WEEKS_SHOWN = 4
ALARM = ("{agency} used to tell {what} in {before} of what it tells. Since {since} it is {now}. Records are compared "
         "by it, so children may not be found to be one. Ask the agency what changed.")


@page(Verb.SEE_OVERSIGHT)
def links(request: AtWorkRequest) -> HttpResponse:
    """Show what was counted last of how records were linked, and say where an input dries up."""
    note(request, "see how good links are")
    found = how_good()
    return render(request, "oversight/links.html", {
        "at": request.at, "found": found, "fewest": FEWEST_SHOWN, "from_so_many": SHOWN_FROM,
        "alarms": [_alarm(one) for one in dry_now()], "weights": _weights(), "linked": _linked(found),
        "waiting": _waiting(found), "answers": _answers(found), "bars": _bars(found), "filled": _filled(found.filled)})


def shown(number: int) -> object:
    """Give a count, or that it is too small to be shown."""
    return FEWER if 0 < number < FEWEST_SHOWN else number


def _alarm(one: Dry) -> str:
    return ALARM.format(agency=one.agency_name, what=INPUTS[one.name], before=_percent(one.before),
                        now=_percent(one.now), since=moment_in_words(one.week))


def _weights() -> list[tuple[str, object]]:
    """Say by which weights and thresholds records are joined now."""
    used, kept = in_use(), kept_in_use()
    return [("Weights", _trained(kept)), ("Made", moment_in_words(used.model.made_on)),
            ("Digest", used.model.digest), ("Put into use", _put_into_use(kept)),
            ("Joined by itself from", f"{used.thresholds.join:g} bits"),
            ("Questioned under", f"{used.thresholds.keep:g} bits"),
            ("A person is asked from", f"{used.thresholds.ask:g} bits")]


def _trained(kept: Kept) -> str:
    if kept.trained_on is None:
        return "The first weights, learnt from invented children"
    return f"Learnt from {kept.trained_on:,} of {kept.of_records:,} records here"


def _put_into_use(kept: Kept) -> str:
    return f"{moment_in_words(kept.used[0].at)}, by {kept.used[0].officer}" if kept.used else "From the beginning"


def _linked(found: HowGood) -> list[tuple[str, object]]:
    return [("Records joined by a comparison", shown(found.number("joined", "comparison"))),
            ("Records joined because somebody said so", shown(found.number("joined", "people"))),
            ("Records parted again that a comparison had joined", shown(found.number("parted", "comparison"))),
            ("Records parted again that somebody had joined", shown(found.number("parted", "people")))]


def _waiting(found: HowGood) -> list[tuple[str, object]]:
    rows = [(f"Waiting for {part}", shown(found.number("waiting", part)))
            for part in ("up to a week", "up to four weeks")]
    return [*rows, ("Waiting longer than four weeks", shown(found.number("waiting", "longer"))),
            ("Days that the oldest has waited", found.number("waiting", "days of the oldest")),
            ("Of which no agency that may settle them sees both sides",
             shown(found.number("waiting", "seen by nobody"))),
            ("Partings that wait for a second officer", shown(found.number("parting", "waits")))]


def _answers(found: HowGood) -> list[tuple[object, ...]]:
    """Give for each band of weight how many doubts people answered how, and the share of "the same"."""
    return [(_band(band), *(shown(found.number(f"answer {one}", band)) for one in ("same", "not-same", "cannot-tell")),
             _share(found, band).words) for band in BANDS]


def _bars(found: HowGood) -> tuple[Bar, ...]:
    return bar_chart([_share(found, band) for band in BANDS])


def _share(found: HowGood, band: str) -> Figure:
    """Give the share of "the same" among "the same" and "not the same", with its interval where there are enough."""
    same, other = (found.number(f"answer {one}", band) for one in ("same", "not-same"))
    if same + other < SHOWN_FROM:
        return Figure(_band(band), None, TOO_FEW)
    low, high = wilson(same, same + other)
    share = same / (same + other)
    return Figure(_band(band), share, f"{_percent(share)} (95 % interval {_percent(low)} to {_percent(high)})", low,
                  high)


def _band(band: str) -> str:
    return band.capitalize() if band == "not weighed" else f"{band.capitalize()} bits"


def _filled(weeks: Sequence[Filled]) -> list[tuple[object, ...]]:
    """Give a row for each agency and each of its newest weeks."""
    rows: list[tuple[object, ...]] = []
    for agency in dict.fromkeys(one.agency for one in weeks):
        for one in [week for week in weeks if week.agency == agency][:WEEKS_SHOWN]:
            told = shown(one.tellings)
            rows.append((agency, one.week, told, *(
                "Not shown" if told == FEWER else _percent(one.of(name) / one.tellings) for name in INPUTS)))
    return rows


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
