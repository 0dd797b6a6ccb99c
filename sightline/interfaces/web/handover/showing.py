"""Turn a kept pack into what its page shows: its sections with lines and entries, and what is new in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sightline.apps.responsibility.queries import PackFacts
from sightline.domain.responsibility.pack import changed
from sightline.domain.vocabulary.entry import Companion, Entry
from sightline.domain.vocabulary.moment import read_moment
from sightline.domain.vocabulary.place import Place
from sightline.interfaces.web.child.showing import entry_shown
from sightline.interfaces.web.rules.linking import linked, rule_link
from sightline.interfaces.web.shown import EntryShown


@dataclass(frozen=True, slots=True)
class SectionShown:
    """Show one section: pairs of label and words (None: nobody told it), and entries, newest first."""

    title: str
    anchor: str
    lines: tuple[tuple[str, str | None], ...]
    entries: tuple[EntryShown, ...]


def sections_shown(pack: PackFacts) -> list[SectionShown]:
    """Show the sections of a pack in their order."""
    return [SectionShown(
        one["section"], f"section-{number}",
        tuple((_label(line), _words(line)) for line in one["lines"]),
        tuple(entry_shown(_entry(entry)) for entry in reversed(one["entries"])))
        for number, one in enumerate(pack.sections or ())]


def _label(line: Mapping[str, Any]) -> str:
    """Give the label of a line; that of a sign leads to its rule."""
    kind, _, code = str(line["key"]).partition(":")
    return rule_link(code, line["label"]) if kind == "sign" else str(line["label"])


def _words(line: Mapping[str, Any]) -> str | None:
    """Give the words of a line, each code in them as a link to its rule."""
    return None if line["words"] is None else linked(str(line["words"]))


def name_in(pack: PackFacts) -> list[str]:
    """Give the child's name as the pack has it, or nothing where nobody told it."""
    return [str(line["words"]) for one in pack.sections or () for line in one["lines"]
            if line["key"] == "name" and line["words"]]


def news_in_words(before: PackFacts, after: PackFacts) -> list[str]:
    """Say what differs between two versions; where the sections are not to be seen, by their titles and numbers."""
    if before.sections is not None and after.sections is not None:
        return [f"{section}: {_counts(new, other, gone)}"
                for section, new, other, gone in changed(before.sections, after.sections)]
    was, now = _numbers(before.preview), _numbers(after.preview)
    different = [title for title in dict.fromkeys((*now, *was)) if was.get(title, 0) != now.get(title, 0)]
    return [f"{title}: {now.get(title, 0)} instead of {was.get(title, 0)}" for title in different] or [
        "Words of what was there already"]


def _counts(new: int, other: int, gone: int) -> str:
    told = ((new, "new"), (other, "changed"), (gone, "gone"))
    return ", ".join(f"{number} {word}" for number, word in told if number)


def _numbers(preview: Mapping[str, Any]) -> dict[str, int]:
    return {str(title): int(number) for title, number in preview["sections"]}


def _entry(kept: Mapping[str, Any]) -> Entry:
    place = Place(kept["postcode"], kept["council"]) if kept["postcode"] or kept["council"] else None
    return Entry(
        id=kept["id"], child="", kind=kept["kind"], at=read_moment(kept["at"]), by=kept["by"], facts=kept["facts"],
        until=read_moment(kept["until"]) if kept["until"] else None, place=place, grade=kept["grade"],
        people=tuple(Companion("", one["role"], one["age"]) for one in kept["people"]))


def withheld_rows(withheld: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, int]]:
    """Show what was withheld as rows of a table: what, why, how many."""
    return [(one["what"], str(one["because"]).capitalize(), int(one["items"])) for one in withheld]
