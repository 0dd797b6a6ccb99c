"""The command `sightline signs preview`: what a change of the rule book would do to everybody, before it holds."""

import json
from datetime import UTC, datetime
from typing import Any

import click

from sightline.domain.operations.counted import FEWEST_SHOWN
from sightline.domain.signs.catalogue import BY_CODE
from sightline.domain.signs.comparing import LONGEST_SHOWN_DAYS, Change, Counts, for_outsiders, totals
from sightline.interfaces.cli.at_hand import database_at_hand
from sightline.interfaces.cli.bar import bar

FEWER = f"fewer than {FEWEST_SHOWN}"


class Days(click.ParamType[tuple[str, int]]):
    """Take a sign and its days: C05=90."""

    name = "code=days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """Read the text; words for what is no sign, or no number of days."""
        code, _, days = str(value).partition("=")
        if code not in BY_CODE:
            self.fail(f"There is no sign called {code!r}.", param, ctx)
        if not (days.isascii() and days.isdigit() and 1 <= int(days) <= LONGEST_SHOWN_DAYS):
            self.fail(f"Write a number of days from 1 to {LONGEST_SHOWN_DAYS}: {code}=90.", param, ctx)
        return code, int(days)


@click.command()
@click.option("--without", multiple=True, metavar="CODE", type=click.Choice(sorted(BY_CODE)),
              help="As if this sign were not in the rule book.")
@click.option("--shown-days", multiple=True, type=Days(), help="As if this sign were shown for so many days.")
@click.option("--outside", is_flag=True, help=f"For outside the partnership: no number from 1 to {FEWEST_SHOWN - 1}.")
@click.option("--processes", type=click.IntRange(1, 64), help="So many processes, else one a core.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def preview(
    without: tuple[str, ...], shown_days: tuple[tuple[str, int], ...], outside: bool, processes: int | None,
    as_json: bool,
) -> None:
    """Say how many children would gain or lose a sign, by sign and council; nothing is kept on any child.

    Without a change: what the rule book of this program finds, beside what is kept.
    """
    change = Change(frozenset(without), dict(shown_days))
    with database_at_hand(role="worker", as_json=as_json):
        from sightline.apps.access.acting import at_task
        from sightline.apps.population.actions import ask
        from sightline.apps.population.queries import run_of, tallied
        from sightline.interfaces.population.carrying import carry

        with at_task("preview"):
            run = ask(because="asked on the command line", at=_now(), change=change)
        with bar("Reading everybody") as shown:
            carry(run, at=_now, stop=lambda: False, processes=processes, progress=shown)
        with at_task("preview"):
            facts, counts = run_of(run), tallied(run)
    assert facts is not None
    counts = for_outsiders(counts) if outside else counts
    told = {"run": run, "change": change.document(), "children": facts.children, "entries": facts.entries,
            "waiting": facts.waiting, "seconds": facts.seconds, "fewest_shown": FEWEST_SHOWN if outside else None,
            "signs": _signs(counts)}
    click.echo(json.dumps(told, indent=1) if as_json else "\n".join(_lines(told)))


def _signs(counts: Counts) -> list[dict[str, Any]]:
    return [{"code": code, "title": BY_CODE[code].title if code in BY_CODE else code, "gained": whole.gained,
             "lost": whole.lost,
             "councils": [{"council": council, "gained": one.gained, "lost": one.lost}
                          for (of, council), one in sorted(counts.items()) if of == code]}
            for code, whole in sorted(totals(counts).items())]


def _lines(told: dict[str, Any]) -> list[str]:
    lines = [(f"{told['children']} children and {told['entries']} entries were read in {told['seconds']:.1f} seconds;"
             f" {told['waiting']} children wait to be read anyway.")]
    for sign in told["signs"]:
        lines.append(f"{sign['code']} {sign['title']}: {_both(sign, 'a number not told')}")
        lines += [f"  {one['council']}: {_both(one, FEWER)}" for one in sign["councils"]]
    return lines if told["signs"] else [*lines, "Nobody would gain or lose a sign."]


def _both(one: dict[str, Any], few: str) -> str:
    return (f"{few if one['gained'] is None else one['gained']} would gain it, "
            f"{few if one['lost'] is None else one['lost']} would lose it")


def _now() -> datetime:
    return datetime.now(UTC)
