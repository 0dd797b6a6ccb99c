"""Claims about a placement and what else is known of it."""

from sightline.domain.duties.life import Life
from sightline.domain.vocabulary.entry import Entry


def placed_with_signs(life: Life, entry: Entry) -> bool:
    """A child with warning signs is placed in another council than the one that looks after the child."""
    return True


def noticed_by_one_side(life: Life, entry: Entry) -> bool:
    """Of the two notices of a placement in a children's home out of area, the council's and the home's, one came."""
    return True
