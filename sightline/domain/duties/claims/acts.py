"""What counts as having done what is owed, whatever the field of work."""

from sightline.domain.duties.life import Life
from sightline.domain.vocabulary.entry import Entry

NOTICES = ("notice.sent", "notice.acknowledged")
DECISION = ("decision.made",)

CANCELLED = "cancelled"
REPRESENTATIONS = "representations"
NOT_NEEDED = "not needed"
DECLINED = "declined"


def always(life: Life, entry: Entry) -> bool:
    """Every such entry."""
    return True


def done(life: Life, started: Entry, act: Entry) -> bool:
    """Any such entry at or after the start."""
    return True


def noticed(life: Life, started: Entry, act: Entry) -> bool:
    """A notice sent, or acknowledged, under the duty's code."""
    return True


def decided(life: Life, started: Entry, act: Entry) -> bool:
    """A decision about the duty."""
    return True


def outcome(act: Entry) -> str:
    """Give the outcome of a decision in small letters, with spaces for hyphens; empty where none was told."""
    return " ".join(str(act.facts.get("outcome") or "").lower().replace("-", " ").split())


def found_not_needed(life: Life, started: Entry, act: Entry) -> bool:
    """A decision about the duty with the outcome "not needed" and reasons."""
    return outcome(act).startswith(NOT_NEEDED) and bool(act.facts.get("reasons"))
