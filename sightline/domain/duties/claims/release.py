"""Claims about a child's release from custody, the journey after it, and who is told."""

from datetime import datetime

from sightline.domain.duties.clock import before
from sightline.domain.duties.life import Life
from sightline.domain.duties.rule import Counting
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import UnreadableMoment, read_instant

BEFORE_RELEASE = before("release")
ALONE = "public-transport-alone"
OTHER_ADULT = "other-adult"


def arrested(life: Life, entry: Entry) -> bool:
    """A child is arrested, and so will be released one day."""
    return True


def before_the_release(life: Life, arrest: Entry) -> Counting:
    """Count to the release: the first one after the arrest, and before the next arrest."""
    later = [other.starts for other in life.since(arrest, "police.arrest") if other.starts > arrest.starts]
    releases = sorted((act for act in life.since(arrest, "police.release")
                       if not later or act.starts < min(later)), key=lambda act: act.starts)
    return Counting(arrest.at, BEFORE_RELEASE, releases[0].at if releases else None)


def released_to_another_adult(life: Life, release: Entry) -> bool:
    """Released to an adult who is told to be neither parent nor guardian, nor of a council or another agency."""
    return release.facts.get("receiver_is") == OTHER_ADULT


def released_out_of_area(life: Life, release: Entry) -> bool:
    """Released from custody in another force's area than the home's, as far as both are told."""
    home = life.home_of(release)
    there, usual = release.place and release.place.force, home and home.force
    return bool(there and usual and there != usual)


def at_the_release(life: Life, release: Entry) -> Counting:
    """Count to the release itself: it must be done before."""
    return Counting(release.at, BEFORE_RELEASE, release.at)


def journey_agreed(life: Life, release: Entry, act: Entry) -> bool:
    """A decision about the journey; or the release itself tells who received the child, who did not travel alone."""
    if act.kind != "police.release":
        return True
    return act.id == release.id and bool(act.facts.get("received_by")) and bool(act.facts.get("mode")) and (
        act.facts["mode"] != ALONE)


def on_a_journey(life: Life, release: Entry) -> bool:
    """Released on a journey of which it is told when the child is to arrive."""
    return _due(release) is not None


def from_the_planned_arrival(life: Life, release: Entry) -> Counting:
    """Count from the planned arrival."""
    return Counting(_due(release) or release.at)


def child_arrived(life: Life, release: Entry, act: Entry) -> bool:
    """The child arrives and is received, or is found."""
    return act.starts >= release.starts and (act.kind != "police.arrival" or bool(act.facts.get("received_by")))


def any_release(life: Life, release: Entry) -> bool:
    """Released while warning signs show."""
    return True


def home_told(life: Life, release: Entry, act: Entry) -> bool:
    """A notice under the duty's code; or the release itself says that the home council was told."""
    if act.kind != "police.release":
        return True
    return act.id == release.id and act.facts.get("home_council_told") is True


def _due(release: Entry) -> datetime | None:
    """Give when the child is to arrive; None where that is not told, or cannot be read."""
    try:
        return read_instant(str(release.facts.get("arrival_due") or ""))
    except UnreadableMoment:
        return None
