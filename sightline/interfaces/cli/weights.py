"""The commands `sightline weights ...`: see the weights by which records are joined, train own ones, use them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from sightline.domain.linkage.learning import STRANGERS
from sightline.interfaces.cli.at_hand import Command, NotAllowedHere, database_at_hand

if TYPE_CHECKING:
    from sightline.apps.people.weights import InUse, Kept
    from sightline.domain.linkage.deciding import Thresholds
    from sightline.domain.linkage.model import Model

as_json = click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")


def answerable(command: Command) -> Command:
    """Add the option that names who answers for a change."""
    return click.option("--as", "email", envvar="SIGHTLINE_AS", default=None, metavar="EMAIL",
                        help="The officer who answers for it: one who settles doubts and sees how the record is kept."
                        )(command)


@click.group()
def weights() -> None:
    """See how records are weighed against one another, train weights on your own, and put them into use."""


@weights.command()
@as_json
def show(*, as_json: bool) -> None:
    """Show the weights and thresholds in use, level by level in bits, and all weights that are kept."""
    with database_at_hand(role="worker", as_json=as_json):
        from sightline.apps.people.weights import in_use, kept_models

        used, kept = in_use(), kept_models()
    document = {"in_use": _used(used), "kept": [_kept(one) for one in kept]}
    click.echo(json.dumps(document, ensure_ascii=False, indent=1) if as_json else "\n".join(_shown(document)))


@weights.command()
@click.argument("digest")
@click.option("--reason", required=True, help="Why, in a sentence; name no child.")
@answerable
@as_json
def use(*, digest: str, reason: str, email: str | None, as_json: bool) -> None:
    """Put the kept weights DIGEST into use, or those that we bring: first.

    No link moves. What is told from now on is weighed by them; at night every record is, and what would move is asked.
    """
    with database_at_hand(role="worker", as_json=as_json):
        from sightline.apps.access.acting import at_task
        from sightline.apps.people.choosing import NoSuchWeights, WeightsNeedReason, use_weights
        from sightline.apps.people.weights import in_use

        with at_task("use weights"):
            try:
                changed = use_weights(digest, officer=_answers(email), reason=reason, at=_now())
            except (NoSuchWeights, WeightsNeedReason) as refused:
                raise NotAllowedHere(str(refused)) from None
            used = in_use()
    document = {"in_use": used.digest, "changed": changed, "thresholds": _bits(used.thresholds)}
    words = f"{_name(used.digest)} {'are in use now' if changed else 'were in use already'}, {_words(used.thresholds)}."
    click.echo(json.dumps(document) if as_json else words)


@weights.command()
@click.option("--join", type=float, help="A record joins by itself from so many bits.")
@click.option("--keep", type=float, help="A joining is questioned under so many bits.")
@click.option("--ask", type=float, help="A person is asked from so many bits.")
@click.option("--reason", help="Why, in a sentence; name no child. Without it nothing is changed.")
@answerable
@as_json
def thresholds(
    *, join: float | None, keep: float | None, ask: float | None, reason: str | None, email: str | None, as_json: bool
) -> None:
    """Say what other thresholds would do to the links and doubts of now; with --reason set them.

    Join must be above keep, keep not under ask, and ask not under 0. What is not given stays. No link moves by it: at
    night every record is weighed again, and what would stand otherwise is asked.
    """
    with database_at_hand(role="worker", as_json=as_json):
        from sightline.apps.access.acting import at_task
        from sightline.apps.people.choosing import OtherSide, WeightsNeedReason, other_side, set_thresholds
        from sightline.apps.people.weights import in_use
        from sightline.domain.linkage.deciding import Thresholds, ThresholdsRefused

        with at_task("set thresholds"):
            now = in_use().thresholds
            try:
                wanted = Thresholds(*(kept if told is None else told for told, kept in (
                    (join, now.join), (keep, now.keep), (ask, now.ask))))
            except ThresholdsRefused as refused:
                raise NotAllowedHere(str(refused)) from None
            effect: OtherSide = other_side(wanted)
            changed = False
            if reason is not None:
                try:
                    changed = set_thresholds(wanted, officer=_answers(email), reason=reason, at=_now())
                except WeightsNeedReason as refused:
                    raise NotAllowedHere(str(refused)) from None
    document = {"before": _bits(now), "thresholds": _bits(wanted), "changed": changed, "links": effect.links,
                "links_under_join": effect.unjoined, "links_under_keep": effect.questioned, "doubts": effect.doubts,
                "doubts_from_join": effect.joinable, "doubts_under_ask": effect.unasked}
    lines = _effect(document, _words(wanted), only_asked=reason is None)
    click.echo(json.dumps(document) if as_json else "\n".join(lines))


def _effect(told: Mapping[str, Any], words: str, *, only_asked: bool) -> list[str]:
    lines = [(f"Of {told['links']:,} links that a comparison made, {told['links_under_join']:,} weighed less than"
              f" joining would ask, and {told['links_under_keep']:,} so little that the night will ask about them."),
             (f"Of {told['doubts']:,} doubts that wait, {told['doubts_from_join']:,} weighed enough to be joined where"
              f" nothing forbids it, and {told['doubts_under_ask']:,} would not be asked any more.")]
    if only_asked:
        return [*lines, "Nothing was changed. Give --reason and --as to set them."]
    return [*lines, f"In force now: {words}." if told["changed"] else f"In force already: {words}."]


@contextmanager
def refused_in_words() -> Iterator[None]:
    """Turn what the records do not tell into a refusal."""
    from sightline.domain.linkage.learning import NotLearned

    try:
        yield
    except NotLearned as refused:
        raise NotAllowedHere(str(refused)) from None


@weights.command()
@click.option("--most", type=click.IntRange(min=1), default=100_000, show_default=True,
              help="Look at so many records at most, chosen by chance.")
@click.option("--strangers", type=click.IntRange(min=1_000), default=STRANGERS, show_default=True,
              help="Compare so many pairs that are drawn by chance.")
@as_json
def train(*, most: int, strangers: int, as_json: bool) -> None:
    """Train weights on your own records, and keep them without putting them into use.

    Says what they weigh otherwise than the weights in use, and how many pairs of records would be decided otherwise.
    Reads as of one instant and holds nobody up. Killed half-way, it has kept nothing.
    """
    with database_at_hand(role="worker", as_json=as_json), refused_in_words():
        from sightline.interfaces.cli.weights_training import trained, words_of

        document = trained(most=most, strangers=strangers)
    click.echo(json.dumps(document, ensure_ascii=False, indent=1) if as_json else "\n".join(words_of(document)))


def _answers(email: str | None) -> UUID:
    """Give the officer who answers for a change. Raises NotAllowedHere."""
    from sightline.apps.access.queries import memberships_of, officer_by_email
    from sightline.domain.access.roles import ROLES, may
    from sightline.domain.access.verbs import Verb

    officer = officer_by_email(email) if email else None
    roles = [ROLES[one.role] for one in memberships_of(officer.id, on=_now().date())] if officer else []
    if officer is None or not any(may(role, Verb.SETTLE_DOUBT) and may(role, Verb.SEE_OVERSIGHT) for role in roles):
        raise NotAllowedHere("Name with --as the officer who answers for it: a duty manager, who settles doubts and"
                             " sees how the record is kept.")
    return officer.id


def _used(used: "InUse") -> dict[str, Any]:
    model = used.model
    return {"name": used.digest, "digest": model.digest, "made_on": model.made_on.isoformat(),
            "trained_on": model.trained_on, "sized_to": model.records, "thresholds": _bits(used.thresholds),
            "same_per_record": model.same_per_record, "relative_per_record": model.relative_per_record,
            "comparisons": levels_of(model)}


def levels_of(model: "Model") -> dict[str, list[dict[str, Any]]]:
    """Give what each level of each comparison weighs, in bits."""
    from sightline.domain.linkage.comparing import LEVELS, NAMES, level_words

    return {name: [{"level": level.name, "words": level_words(name, level),
                    "against_strangers": round(model.against_strangers[name][place], 2),
                    "against_relatives": round(model.against_relatives[name][place], 2)}
                   for place, level in enumerate(LEVELS[name])] for name in NAMES}


def _kept(one: "Kept") -> dict[str, Any]:
    return {"digest": one.digest, "made_at": one.made_at.isoformat(timespec="seconds"), "in_use": one.in_use,
            "trained_on": one.trained_on, "of_records": one.of_records, "thresholds": _bits(one.thresholds),
            "put_into_use": [{"by": used.officer, "at": used.at.isoformat(timespec="seconds"), "reason": used.reason}
                             for used in one.used]}


def _shown(document: Mapping[str, Any]) -> list[str]:
    used = document["in_use"]
    bits = used["thresholds"]
    lines = [f"In use: {_name(used['name'])} ({used['digest']}), made on {used['made_on']},",
             f"  learnt from {used['trained_on']},",
             f"  fitted to {used['sized_to']:,} records. A record joins from {bits['join']:g} bits, a joining is",
             f"  questioned under {bits['keep']:g}, a person is asked from {bits['ask']:g}.", "",
             f"{'bits for one child':66} {'against strangers':>18} {'against relatives':>18}"]
    for levels in used["comparisons"].values():
        lines += [f"  {one['words']:64} {one['against_strangers']:18.1f} {one['against_relatives']:18.1f}"
                  for one in levels]
    lines += ["", "Kept:"]
    for one in document["kept"]:
        counts = one["trained_on"], one["of_records"]
        of = "" if counts[0] is None else ", learnt from {:,} of {:,} records".format(*counts)
        lines.append(f"  {one['digest']}, kept {one['made_at']}{of}{', in use' if one['in_use'] else ''}")
        lines += [f"    put into use {used['at']} by {used['by']}: {used['reason']}" for used in one["put_into_use"]]
    return lines


def _name(digest: str) -> str:
    return "the first weights, that we bring" if digest == "first" else f"own weights {digest}"


def _bits(thresholds: "Thresholds") -> dict[str, float]:
    return {"join": thresholds.join, "keep": thresholds.keep, "ask": thresholds.ask}


def _words(thresholds: "Thresholds") -> str:
    return (f"with joining from {thresholds.join:g} bits, keeping from {thresholds.keep:g} and asking from"
            f" {thresholds.ask:g}")


def _now() -> datetime:
    return datetime.now(UTC)
