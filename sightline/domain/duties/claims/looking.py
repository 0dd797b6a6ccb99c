"""Claims about warning signs that ask a person to look."""

from sightline.domain.duties.life import Life
from sightline.domain.vocabulary.entry import Entry


def shows_critically(life: Life, entry: Entry) -> bool:
    """A critical warning sign shows by the entry, at the moment from which it could be seen."""
    return True


def shows_in_two_families(life: Life, entry: Entry) -> bool:
    """Signs of two families show within 90 days by the entry, or a failure of ours shows."""
    return True


def looked(life: Life, started: Entry, act: Entry) -> bool:
    """A decision about a sign that shows, about an entry that makes it, or about a look."""
    return True
