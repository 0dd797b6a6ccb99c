"""The commands `sightline sites`: which custody suites and children's homes there are, and from when to when."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import click

from sightline.domain.responsibility.sites import SITE_WORDS, Site, SitesRefused
from sightline.interfaces.cli.at_hand import NotAllowedHere, database_at_hand
from sightline.interfaces.cli.sites_file import read_sites_file


@click.group()
def sites() -> None:
    """Keep and list custody suites and children's homes."""


@sites.command("keep")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def keep(file: str, *, as_json: bool) -> None:
    """Add or renew the sites of the CSV file FILE: kind, name, postcode, council, force, from, to.

    kind is custody-suite or childrens-home. A site that closed is told again with its last day; none is removed.
    """
    told = read_sites_file(file)
    with database_at_hand(role="worker", as_json=as_json):
        from sightline.apps.responsibility.sites import keep_sites

        try:
            kept = keep_sites(told.all, at=datetime.now(UTC))
        except SitesRefused as refused:
            raise NotAllowedHere(str(refused)) from None
    document = {"told": len(told.all), "kept": kept}
    click.echo(json.dumps(document) if as_json else f"{len(told.all)} told; {kept} are kept.")


@sites.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def list_sites(*, as_json: bool) -> None:
    """List the sites, those that closed too."""
    with database_at_hand(role="worker", as_json=as_json):
        from sightline.apps.responsibility.sites import kept_sites

        found = kept_sites().all
    click.echo(json.dumps({"sites": [asdict(one) for one in found]}, default=str) if as_json
               else "\n".join(_words(one) for one in found) or "No site is kept yet.")


def _words(site: Site) -> str:
    days = f"{site.since or ''}..{site.until or ''}"
    return f"{site.name} ({SITE_WORDS[site.kind]}), {site.where}, {site.force or 'force not told'}, {days}"
