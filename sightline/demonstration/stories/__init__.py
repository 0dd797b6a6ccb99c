"""The stories: reported failures as files, one module each, in the order of their numbers."""

from datetime import date
from pathlib import Path

from sightline.demonstration.manifest import SentFile
from sightline.demonstration.outgoing import CsvFile
from sightline.demonstration.stories.s01_excluded_and_nobody_told import STORY as S01
from sightline.demonstration.stories.s02_the_new_school import STORY as S02
from sightline.demonstration.stories.s03_the_last_train import STORY as S03
from sightline.demonstration.stories.s04_the_border import STORY as S04
from sightline.demonstration.stories.s05_not_ours import STORY as S05
from sightline.demonstration.stories.s06_the_quiet_move import STORY as S06
from sightline.demonstration.stories.s07_charged_like_an_adult import STORY as S07
from sightline.demonstration.stories.s08_four_names_one_girl import STORY as S08
from sightline.demonstration.stories.s09_the_strangers_question import STORY as S09
from sightline.demonstration.stories.s10_overdue import STORY as S10
from sightline.demonstration.stories.s11_eleven_doors import STORY as S11
from sightline.demonstration.stories.s12_how_many import STORY as S12
from sightline.demonstration.stories.s13_one_mornings_queue import STORY as S13
from sightline.demonstration.stories.s14_violence_at_home import STORY as S14
from sightline.demonstration.stories.s15_not_seen_at_school import STORY as S15
from sightline.demonstration.stories.story import Story, write_story

STORIES: tuple[Story, ...] = (S01, S02, S03, S04, S05, S06, S07, S08, S09, S10, S11, S12, S13, S14, S15)

TRUTH = "truth/stories.csv"


def write_stories(folder: Path, *, today: date) -> list[SentFile]:
    """Write the files of all stories below the folder; who is who in them goes to truth/stories.csv."""
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    truth = CsvFile(folder / TRUTH, ("file", "row", "child"), "utf-8")
    sent = [file for story in STORIES for file in write_story(story, folder, today=today, truth=truth)]
    truth.close()
    return sent
