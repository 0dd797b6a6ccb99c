"""Write a whole partnership: families, what happened to their children, and what each agency wrote down of it."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

from sightline.demonstration.agencies import agencies
from sightline.demonstration.answers import send_answers
from sightline.demonstration.care_life import live_care
from sightline.demonstration.chance import moment
from sightline.demonstration.families import Child, families
from sightline.demonstration.happened import Life
from sightline.demonstration.manifest import NOBODY, Manifest
from sightline.demonstration.measured import count_life
from sightline.demonstration.outgoing import Outgoing
from sightline.demonstration.police_life import live_with_police
from sightline.demonstration.records import Desk, Records
from sightline.demonstration.school_census import send_census
from sightline.demonstration.school_life import live_school
from sightline.demonstration.sent_by_councils import send_care_life
from sightline.demonstration.sent_by_others import send_told_life
from sightline.demonstration.sent_by_police import send_police_life
from sightline.demonstration.sent_by_schools import send_school_life
from sightline.demonstration.stories import write_stories
from sightline.demonstration.support_life import live_with_support
from sightline.demonstration.truth import FILES, Truth

README = "README.txt"
ARRIVED_HOUR = 23.95
"""The files of the partnership came in the last minutes of yesterday, after all that they tell."""


def write(folder: Path, *, seed: int, children: int, today: date) -> Manifest:
    """Write the files of a partnership with so many children into a folder, and say what was written.

    The same seed, number and day give the same bytes. All that is told happened before `today` began, so that the
    clocks of recent duties are running. Nothing grows with the number of children but the files. The folder is made;
    files of the same names in it are replaced.
    """
    rng = Random(seed)  # nosec B311: the same seed gives the same files
    counts: Counter[str] = Counter()
    truth = Truth(folder)
    records = Records(rng, truth)
    with Outgoing(folder, moment(today - timedelta(days=1), ARRIVED_HOUR)) as out:
        desk = Desk(out, records, today)
        for family in families(children, today=today, rng=rng):
            records.next_family()
            for child in family.children:
                truth.child(child)
                life = live(child, today=today, rng=rng)
                count_life(child, life, counts, today=today)
                send(child, life, desk)
    truth.close()
    told = write_stories(folder, today=today)
    (folder / README).write_text(NOBODY + "\n", encoding="utf-8")
    manifest = Manifest(
        seed=seed, children=children, today=today, files=(*out.list(), *told), agencies=agencies(), truth=FILES,
        counts=dict(sorted(counts.items())))
    manifest.write(folder)
    return manifest


def live(child: Child, *, today: date, rng: Random) -> Life:
    """Let one child live through the history."""
    life = Life()
    live_school(child, life, today=today, rng=rng)
    live_care(child, life, today=today, rng=rng)
    live_with_police(child, life, today=today, rng=rng)
    live_with_support(child, life, today=today, rng=rng)
    return life


def send(child: Child, life: Life, desk: Desk) -> None:
    """Write what all agencies send of one child."""
    send_school_life(child, life, desk)
    send_census(child, life, desk)
    send_care_life(child, life, desk)
    send_police_life(child, life, desk)
    send_told_life(child, life, desk)
    send_answers(child, life, desk)
