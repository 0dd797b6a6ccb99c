"""The command `sightline responsibility`: who protects a child now, and who is responsible for what."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import click

from sightline.domain.duties.parts import is_police
from sightline.domain.responsibility.answer import POLICE, Answer
from sightline.domain.responsibility.country import COUNTRY
from sightline.domain.responsibility.engine import answer
from sightline.domain.responsibility.facts import FactsRefused, read_facts
from sightline.domain.responsibility.sites import NO_SITES
from sightline.interfaces.cli.sites_file import read_sites_file

LARGEST_FACTS_BYTES = 100_000


@click.command()
@click.argument("facts")
@click.option("--sites", metavar="FILE", help="Custody suites and children's homes: a CSV file with the headings "
              "kind, name, postcode, council, force, from, to. Then custody_suite and childrens_home may be told.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def responsibility(facts: str, *, sites: str | None, as_json: bool) -> None:
    """Say who protects a child now, who enquires, who accommodates and who is long-term.

    FACTS is a file with one JSON object of what is known: found_in, home_in, looked_after_by, placed_in, status and so
    on; every key may be missing.
    """
    told = _read(facts)
    kept = NO_SITES if sites is None else read_sites_file(sites)
    try:
        given = answer(read_facts(told, replace(COUNTRY, sites=kept)))
    except FactsRefused as why:
        if as_json:
            click.echo(json.dumps({"owner_now": None, "refused": str(why)}))
        else:
            click.echo(str(why), err=True)
        raise click.exceptions.Exit(1) from None
    click.echo(json.dumps(asdict(given)) if as_json else _words(given))


def _read(name: str) -> object:
    try:
        with Path(name).open("rb") as file:
            content = file.read(LARGEST_FACTS_BYTES + 1)
    except (OSError, ValueError):
        raise click.UsageError("The file of facts cannot be opened. Check its name and that you may read it.") from None
    if len(content) > LARGEST_FACTS_BYTES:
        raise click.UsageError("The file of facts is larger than 100 kB: it must hold one question.")
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise click.UsageError("The file of facts is not one JSON object in UTF-8.") from None


def _owner(given: Answer) -> str:
    named = given.owner_kind != POLICE or is_police(given.owner_now)
    return given.owner_now if named else f"{given.owner_now} (police)"


def _words(given: Answer) -> str:
    unverified = "" if given.verified else " (not verified)"
    lines = [
        f"Protects now:       {_owner(given)}, through its {given.through}",
        f"Enquires:           {given.enquires or 'nobody by this rule'}",
        f"Accommodates:       {given.accommodates or 'nobody by this rule'}",
        f"Long term:          {given.long_term or 'to be agreed'}",
        f"Must be told:       {', '.join(given.tell) or 'nobody else'}",
        f"By rule {given.rule}:{' ' * (11 - len(given.rule))}{'; '.join(given.authority)}{unverified}",
        *(f"Because:            {because}" for because in given.because),
    ]
    return "\n".join(lines)
