"""The command `sightline extent`: how many children are on no list at all, as far as the lists' overlaps tell."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sightline.interfaces.cli.bar import bar
from sightline.interfaces.cli.refusals import told_in_words

if TYPE_CHECKING:
    from sightline.domain.insight.estimating import Extent


@click.command()
@click.argument("lists", type=click.Path(path_type=Path))
@click.option("--bootstrap", "replicates", type=click.IntRange(20, 100_000), metavar="N",
              help="Draw so many tables for the limits of the published methods; 10,000 for a figure to publish.")
@click.option("--seed", type=click.IntRange(0), help="Draw with this seed; the same seed gives the same figures.")
@click.option("--population", type=click.IntRange(1), metavar="N",
              help="How many children live in the area: cuts the upper end, and says so.")
@click.option("--missed-links", type=float, metavar="SHARE",
              help="The share of true links between records that were missed, such as 0.05: corrects for it.")
@click.option("--false-links", type=float, metavar="SHARE", help="The share of made links that join two children.")
@click.option("--period", "periods", multiple=True, metavar="LIST=WORDS",
              help="Which period and area a list covers; may be repeated. Lists of different ones are refused.")
@click.option("--definition", metavar="WORDS", help="Who counts as an exploited child on these lists; is told with the "
                                                    "answer.")
@click.option("--order", type=click.IntRange(1, 9), default=2, show_default=True,
              help="Models chosen by BIC have terms of up to so many lists.")
@click.option("--thorough", is_flag=True, help="Take minutes for what is left out otherwise.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def extent(
    *, lists: Path, replicates: int | None, seed: int | None, population: int | None, missed_links: float | None,
    false_links: float | None, periods: tuple[str, ...], definition: str | None, order: int,
    thorough: bool, as_json: bool,
) -> None:
    """Estimate from LISTS (CSV) how many children no list holds.

    LISTS has one column of 0 and 1 for each list, a row for each child or, with a column `count`, for each combination
    of lists. The answer is a range that depends on what is assumed, or a refusal with its reasons; never one number.
    Exit status 1: no range is given.
    """
    covered = dict(_named(one, "--period", "LIST=WORDS") for one in periods)
    with told_in_words(as_json=as_json):
        from sightline.interfaces.cli.lists_file import ListsFileRefused, read_lists

        table = read_lists(lists)
        if unknown := [name for name in covered if name not in table.lists]:
            raise ListsFileRefused(f"{lists.name} has no list named {unknown[0]!r}.")
        with bar("Estimating") as told:
            from sightline.domain.insight.estimating import SEED, estimate_extent
            from sightline.domain.insight.linkage_error import LinkageError
            from sightline.domain.insight.refusing import Circumstances
            from sightline.domain.insight.tables import TableRefused

            try:
                error = None if missed_links is None and false_links is None else LinkageError(
                    missed_links or 0.0, false_links or 0.0)
            except TableRefused as refusal:
                raise ListsFileRefused(str(refusal)) from None
            found = estimate_extent(
                table, circumstances=Circumstances(periods=covered, linkage=error, population=population,
                                                   definition=definition),
                replicates=replicates, seed=SEED if seed is None else seed, order=order, thorough=thorough, told=told)
    _say(found, as_json=as_json)
    if found.range is None:
        raise click.exceptions.Exit(1)


def _named(text: str, option: str, shape: str) -> tuple[str, str]:
    name, equals, words = text.partition("=")
    if not equals or not words:
        raise click.UsageError(f"{option} {text!r} must be written as {shape}.")
    return name, words


def _say(found: "Extent", *, as_json: bool) -> None:
    from sightline.domain.insight.recording import as_record

    if as_json:
        click.echo(json.dumps(as_record(found), ensure_ascii=False, allow_nan=False))
        return
    from sightline.interfaces.cli.extent_answer import in_words

    click.echo("\n".join(in_words(found)))
