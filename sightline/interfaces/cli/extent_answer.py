"""An estimate of extent as people read it on a terminal: the range first, then what it rests on."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from sightline.domain.insight.diagnosing import Diagnosis, Tried
from sightline.domain.insight.estimating import Extent
from sightline.domain.insight.methods import MethodAnswer

WIDTH = 100
PERCENT = 100


def in_words(found: Extent) -> Iterator[str]:
    """Give the lines."""
    for warning in found.warnings:
        yield from wrap(warning, WIDTH, initial_indent="- ", subsequent_indent="  ")
    yield from _methods("What each method says (none of them alone is the answer)", found.estimates)
    if found.corrected:
        yield from _methods("The same, corrected for links", found.corrected)
        if found.uncorrected:
            yield f"Range without the correction: {found.uncorrected[0]:,} to {found.uncorrected[1]:,}"
    yield from _lists(found.diagnosis)
    yield from _models(found.diagnosis)
    yield from _tried("Leaving out one list", found.diagnosis.without_one)
    yield from _tried("Taking one list as the truth, from the others", found.diagnosis.consistency)
    yield ""
    yield f"Bootstrap: {found.replicates:,} drawn tables, seed {found.seed}."


def _methods(title: str, answers: Sequence[MethodAnswer]) -> Iterator[str]:
    yield from ("", title)
    for answer in answers:
        if answer.refused is not None:
            yield from wrap(f"{answer.method:<20}  refused: {answer.refused}", WIDTH, subsequent_indent=" " * 22)
            continue
        yield f"{answer.method:<20}{_number(answer.estimate)}  [{_number(answer.lower)} to {_number(answer.upper)}]"
        if answer.terms:
            yield from _said(f"dependent: {', '.join(answer.terms)}")
        if answer.conditional is not None:
            yield from _said(f"as if that model were known to hold: {answer.conditional[0]:,.0f} to "
                             f"{answer.conditional[1]:,.0f}")
        if answer.noise is not None:
            yield from _said("limits move by about " + " and ".join(
                "an unknown number" if side is None else f"{side:,.0f}" for side in answer.noise) + " with the seed")
        for words in answer.says:
            yield from _said(words)


def _said(words: str) -> list[str]:
    return wrap(words, WIDTH, initial_indent=" " * 22, subsequent_indent=" " * 22)


def _number(value: float | None) -> str:
    return f"{'none' if value is None else f'{value:,.0f}':>10}"


def _lists(diagnosis: Diagnosis) -> Iterator[str]:
    yield from ("", "Lists                     children   on it alone")
    for one in diagnosis.lists:
        yield f"  {one.name:<22.22}{one.children:>10,.0f}{one.alone:>14,.0f}"
    known = diagnosis.shared + diagnosis.alone
    yield (f"On two lists or more: {diagnosis.shared:,.0f} of {known:,.0f}; on one list only: "
           f"{PERCENT * diagnosis.alone / known:.0f} %.")
    yield "Shared by two lists: " + ", ".join(
        f"{one.one} and {one.other} {one.children:,.0f}" for one in diagnosis.overlaps if one.children)
    if empty := [f"{one.one} and {one.other}" for one in diagnosis.overlaps if not one.children]:
        yield "Shared by nobody: " + ", ".join(empty)


def _models(diagnosis: Diagnosis) -> Iterator[str]:
    if not diagnosis.models:
        return
    yield ""
    yield f"Models of most weight of {diagnosis.tried:,} ({diagnosis.failed:,} had no finite answer):"
    yield "how far they lie apart is the message"
    for one in diagnosis.models:
        yield (f"  {PERCENT * one.weight:>5.1f} %{one.estimate:>12,.0f}  [{one.lower:,.0f} to {one.upper:,.0f}]  "
               f"{', '.join(one.terms) or 'no dependence'}")


def _tried(title: str, rows: Sequence[Tried]) -> Iterator[str]:
    if not rows:
        return
    yield from ("", title)
    for one in rows:
        truth = "" if one.truth is None else f" (truth {one.truth:,.0f})"
        if one.refused is not None:
            yield from wrap(f"  {one.name}{truth}: {one.refused}", WIDTH, subsequent_indent="    ")
        else:
            yield f"  {one.name}{truth}: {one.lower:,.0f} to {one.upper:,.0f}, middle {one.median:,.0f}"
