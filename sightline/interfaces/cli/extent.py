"""The command `sightline extent`: how many children are on no list at all, as far as the lists' overlaps tell."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sightline.interfaces.cli.bar import bar
from sightline.interfaces.cli.refusals import told_in_words

if TYPE_CHECKING:
    from sightline.domain.insight.estimating import Extent

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("lists", type=click.Path(path_type=Path), required=False)
@click.option("--own", is_flag=True, help="Take the lists from the record of this deployment instead of a file; the "
                                          "answer is kept for those who oversee.")
@click.option("--from", "start", type=DAY, metavar="DAY", help="With --own: the first day of the period.")
@click.option("--until", type=DAY, metavar="DAY", help="With --own: the day after its last; today where not given.")
@click.option("--pictures", type=click.Path(path_type=Path), metavar="FOLDER",
              help="Write pictures (SVG) and every table (CSV) into this folder.")
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
    *, lists: Path | None, own: bool, start: datetime | None, until: datetime | None, pictures: Path | None,
    replicates: int | None, seed: int | None, population: int | None, missed_links: float | None,
    false_links: float | None, periods: tuple[str, ...], definition: str | None, order: int,
    thorough: bool, as_json: bool,
) -> None:
    """Estimate from LISTS (CSV), or with --own from this deployment's record, how many children no list holds.

    LISTS has one column of 0 and 1 for each list, a row for each child or, with a column `count`, for each combination
    of lists. The answer is a range that depends on what is assumed, or a refusal with its reasons; never one number.
    Exit status 1: no range is given.
    """
    if own:
        _require_none({"LISTS": lists, "--period": periods, "--population": population, "--definition": definition,
                       "--missed-links": missed_links, "--false-links": false_links})
        _say_own(start, until, replicates=replicates, seed=seed, pictures=pictures, as_json=as_json)
        return
    if lists is None or start or until:
        raise click.UsageError("Give a file of lists, or --own for the lists of this deployment; --from and --until "
                               "belong to --own.")
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
        if pictures is not None:
            _draw(found, pictures)
    _say(found, as_json=as_json)
    if found.range is None:
        raise click.exceptions.Exit(1)


def _require_none(options: Mapping[str, object]) -> None:
    given = [name for name, value in options.items() if value not in (None, ())]
    if given:
        raise click.UsageError(f"{given[0]} does not go with --own: that comes from the record.")


def _say_own(
    start: datetime | None, until: datetime | None, *, replicates: int | None, seed: int | None,
    pictures: Path | None, as_json: bool,
) -> None:
    """Estimate from the record of this deployment, keep the answer, and print it."""
    from sightline.domain.insight.own_lists import PERIOD_DAYS
    from sightline.domain.vocabulary.moment import LONDON
    from sightline.interfaces.cli.at_hand import NotAllowedHere, database_at_hand

    now = datetime.now(UTC)
    end = now if until is None else until.replace(tzinfo=LONDON)
    begin = end - timedelta(days=PERIOD_DAYS) if start is None else start.replace(tzinfo=LONDON)
    with database_at_hand(role="worker", as_json=as_json):
        if not begin < end <= now:
            raise NotAllowedHere("The period must begin before it ends, and must have ended.")
        from sightline.apps.insight.estimating_own import estimate_own
        from sightline.domain.insight.estimating import SEED
        from sightline.interfaces.extent.files import write_files

        with bar("Estimating") as told:
            found = estimate_own(start=begin, until=end, at=lambda: datetime.now(UTC), replicates=replicates,
                                 seed=SEED if seed is None else seed, told=told)
        facts = found.facts
        if pictures is not None:
            write_files(pictures, facts.answer, lists=facts.lists, histories=facts.histories)
    if as_json:
        click.echo(json.dumps({**facts.answer, "estimate": str(facts.id), "definition": facts.definition,
                               "left_out": facts.left_out, "links": facts.links}, ensure_ascii=False, allow_nan=False))
    elif found.estimate is None:
        click.echo("\n".join(f"No range is given. {one['why']}" for one in facts.answer["refused"]))
    else:
        _say(found.estimate, as_json=False)
        click.echo(f"Kept as estimate {facts.id}, definition {facts.definition}.")
    if facts.range is None:
        raise click.exceptions.Exit(1)


def _draw(found: "Extent", folder: Path) -> None:
    from sightline.domain.insight.recording import as_record
    from sightline.interfaces.extent.files import write_files

    table = found.table
    write_files(folder, as_record(found), lists=table.lists, histories={
        int(history): int(number) for history, number in zip(table.histories, table.counts, strict=True) if number})


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
