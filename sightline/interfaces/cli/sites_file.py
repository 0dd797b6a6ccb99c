"""Read a file of custody suites and children's homes that a command was given."""

from pathlib import Path

import click

from sightline.domain.responsibility.sites import Sites, SitesRefused, read_sites

LARGEST_SITES_BYTES = 10_000_000


def read_sites_file(name: str) -> Sites:
    """Give the sites of a file, or refuse it as wrong usage, in words."""
    try:
        with Path(name).open("rb") as file:
            content = file.read(LARGEST_SITES_BYTES + 1)
    except (OSError, ValueError):
        raise click.UsageError("The file of sites cannot be opened. Check its name and that you may read it.") from None
    if len(content) > LARGEST_SITES_BYTES:
        raise click.UsageError("The file of sites is larger than 10 MB: this is no list of suites and homes.")
    try:
        return Sites(read_sites(content.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise click.UsageError("The file of sites is not UTF-8. Save it as CSV (UTF-8) and try again.") from None
    except SitesRefused as why:
        raise click.UsageError(f"The file of sites: {why}") from None
