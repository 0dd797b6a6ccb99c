"""The command `sightline measures`: figures of how agencies protect children, frozen in a snapshot."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from sightline.domain.access.verbs import Verb
from sightline.domain.vocabulary.moment import first_instant, read_moment
from sightline.interfaces.cli.at_hand import NotAllowedHere, acting_on_command, acting_options, database_at_hand
from sightline.interfaces.cli.signs import InstantOrDay

if TYPE_CHECKING:
    from sightline.apps.access.acting import Acting
    from sightline.apps.insight.queries import FigureFacts, SnapshotFacts


class ShowsOrNamed(click.Group):
    """Show the measures, unless what comes first is the name of another command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `show` before what names no command."""
        named = args[:1] and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["show", *args])


class FromDay(InstantOrDay):
    """Take an instant with its offset, or a day, which means its beginning."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the text; words for what is neither."""
        super().convert(value, param, ctx)
        return value if isinstance(value, datetime) else first_instant(read_moment(str(value)))


@click.group(cls=ShowsOrNamed)
def measures() -> None:
    """Show how agencies protect children in figures, and freeze them."""


@measures.command()
@acting_options
@click.option("--snapshot", "wanted", type=click.UUID, help="Figures of this snapshot; else of the newest.")
@click.option("--measure", "code", metavar="CODE", help="Only this measure, such as K6.")
@click.option("--outside", is_flag=True, help="As it may be told outside the partnership: small numbers kept back.")
@click.option("--csv", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write a table to this file.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def show(
    *, email: str, purpose: str, because: str, agency: str | None, wanted: UUID | None, code: str | None,
    outside: bool, file: Path | None, as_json: bool,
) -> None:
    """Show the figures of a snapshot, with the definitions that they follow."""
    with database_at_hand(role="web", as_json=as_json), acting_on_command(
            email, purpose=purpose, because=because, agency=agency) as acting:
        from sightline.apps.insight.queries import figures, snapshot, snapshots
        from sightline.domain.insight.measures import measures as defined

        _require(acting, act="see measures")
        if code is not None and code not in defined():
            raise NotAllowedHere(f"There is no measure {code!r}. The measures are K1 to K{len(defined())}.")
        found = snapshot(wanted) if wanted else next(iter(snapshots(most=1)), None)
        if found is None:
            raise NotAllowedHere("Nothing was frozen yet: sightline measures freeze." if wanted is None else
                                 "There is no such snapshot. `sightline measures snapshots` lists those there are.")
        held = figures(found.id, measure=code)
    _answer(found, held, outside=outside, file=file, as_json=as_json)


@measures.command("snapshots")
@acting_options
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def list_snapshots(*, email: str, purpose: str, because: str, agency: str | None, as_json: bool) -> None:
    """List the snapshots that were made, the newest first."""
    with database_at_hand(role="web", as_json=as_json), acting_on_command(
            email, purpose=purpose, because=because, agency=agency) as acting:
        from sightline.apps.insight.queries import snapshots

        _require(acting, act="see measures")
        found = snapshots(most=100)
    if as_json:
        click.echo(json.dumps({"snapshots": [_facts(one) for one in found]}))
        return
    for one in found:
        click.echo(f"{one.id}  {one.from_at.date()} to {one.until_at.date()}  {one.cases:,} cases"
                   f"  {one.made_by or 'by the clock'}")


@measures.command()
@click.option("--from", "start", type=FromDay(), help="From this instant or day; else a year before the end.")
@click.option("--until", type=InstantOrDay(), help="Until this instant, or the end of this day; else now.")
@click.option("--as", "email", envvar="SIGHTLINE_AS", metavar="EMAIL", help="The officer who asks: who oversees.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def freeze(*, start: datetime | None, until: datetime | None, email: str | None, as_json: bool) -> None:
    """Freeze what is measured of a period: its cases and figures are kept for ever."""
    with database_at_hand(role="worker", as_json=as_json):
        from sightline.apps.access.acting import at_task
        from sightline.apps.insight.freezing import PERIOD, PeriodRefused
        from sightline.apps.insight.freezing import freeze as freeze_all
        from sightline.apps.insight.queries import snapshot

        at = datetime.now(UTC)
        end = until or at
        with at_task("measure"):
            try:
                made = freeze_all(start=start or end - PERIOD, until=end, officer=_overseer(email), at=at)
            except PeriodRefused as refused:
                raise NotAllowedHere(str(refused)) from None
            found = snapshot(made)
    if found is None:
        raise NotAllowedHere("The snapshot was not kept.")
    click.echo(json.dumps(_facts(found)) if as_json else
               f"Frozen: snapshot {found.id} of {found.cases:,} cases. See it by: sightline measures show")


def _overseer(email: str | None) -> UUID:
    """Give the officer who asks for a snapshot. Raises NotAllowedHere."""
    from sightline.apps.access.queries import memberships_of, officer_by_email
    from sightline.domain.access.roles import ROLES, may

    officer = officer_by_email(email) if email else None
    held = memberships_of(officer.id, on=datetime.now(UTC).date()) if officer else []
    if officer is None or not any(may(ROLES[one.role], Verb.SEE_OVERSIGHT) for one in held):
        raise NotAllowedHere("Name with --as who asks for it: a duty manager or an inspector.")
    return officer.id


def _require(acting: "Acting", *, act: str) -> None:
    from sightline.apps.access.actions import keep_audit
    from sightline.domain.access.roles import may

    allowed = may(acting.role, Verb.SEE_OVERSIGHT)
    keep_audit(acting, act=act, refused=not allowed)
    if not allowed:
        raise NotAllowedHere("Measures are for duty managers and inspectors.")


def _answer(
    found: "SnapshotFacts", held: list["FigureFacts"], *, outside: bool, file: Path | None, as_json: bool
) -> None:
    from sightline.interfaces.printed.measures import COLUMNS, about, as_csv, rows

    told = rows(held, editions=found.editions, outside=outside)
    if file is not None:
        file.write_text(as_csv(found, held, outside=outside), encoding="utf-8")
    if as_json:
        names = [column.lower() for column in COLUMNS]
        click.echo(json.dumps({"snapshot": _facts(found), "outside": outside,
                               "figures": [dict(zip(names, row, strict=True)) for row in told]}))
        return
    for line in about(found, outside=outside):
        click.echo(line)
    for code, _, title, part, who, group, events, untold, shared, half, ninety, waiting, never, _, _ in told:
        of = ", ".join(words for words in (part, group, who) if words)
        click.echo(f"\n{code} {title}: {of}")
        click.echo(f"  {events} events" + (f", {untold} of which nobody told" if untold != "0" else "")
                   + (f"; {shared}" if shared else ""))
        if half:
            click.echo(f"  half within {half}, nine in ten within {ninety}; {waiting} not done yet"
                       + (f"; {never} not after 30 days" if never else ""))


def _facts(one: "SnapshotFacts") -> dict[str, Any]:
    return {"snapshot": str(one.id), "from": _instant(one.from_at), "until": _instant(one.until_at),
            "made_at": _instant(one.made_at), "made_by": one.made_by, "cases": one.cases, "digest": one.digest,
            "editions": one.editions}


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
