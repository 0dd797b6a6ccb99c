"""Measure how much of a referral to the National Referral Mechanism is filled without typing, for the boy of story S07.

His records are read from the files that the story writes, by the feeds that read any file. Three who refer: the force
that arrested him, from its own record alone; his council, which sees what all four agencies told; and the council
after a victim screen. What is counted is counted from the forms: fields, characters, choices and pages. The browser
test of the referral (tests/functional) goes the same way, from opening the page to "ready to submit" with one save.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sightline.demonstration.agencies import agencies
from sightline.demonstration.manifest import SentFile
from sightline.demonstration.stories import write_stories
from sightline.domain.duties.claims.slavery import POSSIBLE_VICTIM
from sightline.domain.intake.feeds import FEEDS
from sightline.domain.intake.row import Sender, SortedRow
from sightline.domain.slavery.filling import filled
from sightline.domain.slavery.form import FIELDS, NOT_ASKED, Shape, asked, missing, steps_of
from sightline.domain.slavery.known import CouncilDesk, Known, Referrer, SaidOf
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.located import locate
from sightline.domain.vocabulary.timeline import Timeline

Row = tuple[str, float, str]
TODAY = date(2026, 11, 20)
STEPS_OF_THE_FORM = 75
"""As many steps has the Home Office's own form in all its branches; a child goes through fewer."""
FORCE = "Cumbria Constabulary"
COUNCIL = CouncilDesk("Wirral Council", "0151 496 0001", "desk@wirral.example", "council where the child lives")


def measure(*, full: bool) -> list[Row]:
    """Read the story's files, and count what fills whose form; `full` changes nothing."""
    told = list(_told())
    own = [one for one in told if one[0] == FORCE]
    arrest = next(entry for entry in reversed(_timeline(told).entries) if entry.kind == "police.arrest")
    screen = Entry("screen", "boy", "decision.made", datetime(2026, 11, 19, 20, tzinfo=UTC), FORCE, {
        "about": arrest.id, "outcome": POSSIBLE_VICTIM, "reasons": "He owes money for what was taken off him"})
    rows: list[Row] = [
        ("names in the form's list of fields", len(FIELDS) + len(NOT_ASKED), "fields"),
        ("steps of the form, all branches", STEPS_OF_THE_FORM, "pages")]
    for who, known in (("force alone", _known(own)), ("council, linked", _known(told)),
                       ("council, after the screen", _known(told, screen))):
        rows += [(f"{who}: {what}", value, unit) for what, value, unit in _counted(known)]
    return rows


def _counted(known: Known) -> list[Row]:
    answers = {name: one.value for name, one in filled(known).items()}
    fields = list(asked(answers))
    ready = [field for field in fields if answers.get(field.name)]
    left = [FIELDS[name] for name in missing(answers)]
    choices = [field for field in left if field.shape in (Shape.CHOICE, Shape.TICK)]
    needed = [field for field in fields if field.needed]  # and one kind of exploitation
    return [
        ("pages of the form on the child's way", len(steps_of(answers)), "pages"),
        ("fields asked", len(fields), "fields"),
        ("fields filled without typing", len(ready), "fields"),
        ("characters filled, which nobody types", sum(
            1 if field.shape in (Shape.CHOICE, Shape.TICK) else len(answers[field.name]) for field in ready), "keys"),
        ("fields that must be answered", len(needed) + 1, "fields"),
        ("of these left to a person", len(left), "fields"),
        ("of these a choice, one key each", len(choices), "keys"),
        ("of these in words", len(left) - len(choices), "texts"),
        ("page loads here to ready: open, save", 2, "pages"),
    ]


def _told() -> Iterable[tuple[str, SentFile, SortedRow]]:
    """Read every row that the story's agencies sent, as it is sorted on import."""
    kinds = {agency.name: agency.kind.value for agency in agencies()}
    with TemporaryDirectory() as folder:
        for sent in write_stories(Path(folder), today=TODAY):
            if sent.story == "S07":
                with (Path(folder) / sent.path).open("rb") as stream:
                    for row in FEEDS[sent.feed].sort(stream, Sender(sent.sent_by, kinds[sent.sent_by]), on=TODAY):
                        yield sent.sent_by, sent, row


def _timeline(told: Iterable[tuple[str, SentFile, SortedRow]], *more: Entry) -> Timeline:
    entries = [
        Entry(f"{sent.path}/{row.number}/{number}", "boy", one.kind, one.at, one.by or agency, one.facts, one.until,
              one.place and locate(one.place), one.people, one.things, one.grade, sent.arrived_at)
        for agency, sent, row in told for number, one in enumerate(row.told)]
    return Timeline.of("boy", [*entries, *more])


def _known(told: list[tuple[str, SentFile, SortedRow]], *more: Entry) -> Known:
    said = [SaidOf(agency, sent.arrived_at.date(), row.identity.given, row.identity.family, row.identity.born_on,
                   row.identity.sex)
            for agency, sent, row in reversed(told) if row.identity is not None]
    return Known(_timeline(told, *more), tuple(said), COUNCIL, Referrer(
        "Neil Penruddock", "Custody sergeant", "01768 555 0100", "neil@police.example", FORCE, "england"),
        "SL-1A2B3C4D", TODAY)
