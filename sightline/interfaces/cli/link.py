"""The command `sightline link`: which records of any files are of one person, without a database or a trained model."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sightline.interfaces.cli.bar import bar
from sightline.interfaces.cli.refusals import told_in_words

if TYPE_CHECKING:
    from sightline.interfaces.linking.linking import Linked
    from sightline.interfaces.linking.measuring import Measured

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--out", required=True, type=FILE, help="Where to write file, record and cluster of every record (CSV).")
@click.option("--columns", "named", multiple=True, metavar="MEANING=COLUMN",
              help="Which column means what, where its name does not say; may be repeated. Meanings: given, family, "
                   "name, born, sex, postcode, house, street, town, email, phone, nhs, upn, pnc, cro, number, id.")
@click.option("--truth", metavar="COLUMN", help="A column that says who is truly one person: measures the answer.")
@click.option("--threshold", type=float, default=2.0, show_default=True, metavar="BITS",
              help="Join from so many bits: 2 is 4 to 1 that two records are of one person, 10 is 1,000 to 1.")
@click.option("--twins-apart", is_flag=True,
              help="For files of children: never join records of one surname, birthday and home with two first "
                   "names. Costs some true pairs.")
@click.option("--model", type=FILE, help="Weigh by this model instead of training on the files.")
@click.option("--keep-model", type=FILE, help="Write the weights that were used; no value of a record is in them.")
@click.option("--spark", is_flag=True, help="Compare on Spark instead of on this machine alone.")
@click.option("--master", envvar="SIGHTLINE_SPARK", default="local[2]", show_default=True,
              help="With --spark: the master of the cluster.")
@click.option("--stage", type=FILE, help="With --spark: a folder that the whole cluster sees. What was compared stays "
                                         "there until all is done, so that a second start continues.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def link(
    *, files: tuple[Path, ...], out: Path, named: tuple[str, ...], truth: str | None, threshold: float,
    twins_apart: bool, model: Path | None, keep_model: Path | None, spark: bool, master: str, stage: Path | None,
    as_json: bool,
) -> None:
    """Find which records of FILES (CSV or Parquet) are of one person, within each file and across all.

    Weights are estimated from the files themselves. Nothing is kept anywhere but in the output.
    """
    columns = dict(_named(one) for one in named)
    if spark and stage is None and not master.startswith("local"):
        raise click.UsageError("A cluster needs --stage: a folder that every worker sees under the same path.")
    with told_in_words(as_json=as_json):
        from sightline.interfaces.linking.linking import link as link_records
        from sightline.interfaces.linking.measuring import measure
        from sightline.interfaces.linking.writing import keep_text, require_writable, workshop, write

        require_writable(out, files)
        weights = None if model is None else _text(model)
        with workshop(out) as (connection, spill):
            with bar("Linking") as told, _engine(connection, spill, spark, master, stage) as engine:
                linked = link_records(connection, files, named=columns, told=told, truth=truth, model=weights,
                                      threshold=threshold, engine=engine, twins_apart=twins_apart)
            measured = measure(connection) if truth else None
            write(connection, spill, out, files)
            if keep_model is not None:
                keep_text(linked.weights.written(), keep_model)
    _say(linked, measured, out, as_json=as_json)


def _named(text: str) -> tuple[str, str]:
    meaning, equals, column = text.partition("=")
    if not equals or not column:
        raise click.UsageError(f"--columns {text!r} names no column. Write it as MEANING=COLUMN, such as given=FIRST.")
    return meaning, column


def _text(model: Path) -> str:
    from sightline.interfaces.linking.weighing import ModelRefused

    try:
        return model.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise ModelRefused(f"{model.name} cannot be read.") from None


def _engine(connection: Any, spill: Path, spark: bool, master: str, stage: Path | None) -> Any:
    """Give the engine that was asked for, as something that is closed afterwards."""
    if spark:
        from sightline.interfaces.linking.sparking import on_spark

        return on_spark(connection, stage or spill / "stage", master=master)
    from contextlib import nullcontext

    from sightline.interfaces.linking.engine import OnDuckDB

    return nullcontext(OnDuckDB(connection))


def _say(linked: "Linked", measured: "Measured | None", out: Path, *, as_json: bool) -> None:
    told = None if measured is None else {
        **asdict(measured), "precision": measured.precision, "recall": measured.recall, "f1": measured.f1}
    if as_json:
        click.echo(json.dumps({"records": linked.records, "clusters": linked.clusters, "pairs": linked.pairs,
                               "out": str(out), "says": list(linked.words), "measured": told}, ensure_ascii=False))
        return
    click.echo("\n".join(linked.words))
    click.echo(f"{linked.records:,} records are {linked.clusters:,} persons; {linked.pairs:,} pairs were compared. "
               f"Written to {out.name}.")
    if measured is not None:
        click.echo(f"Against the truth: {measured.joined:,} pairs joined, {measured.true:,} true, "
                   f"{measured.right:,} both. Precision {measured.precision:.4%}, recall {measured.recall:.4%}, "
                   f"F1 {measured.f1:.4%}.")
