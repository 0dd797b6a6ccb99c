"""Words for feeds."""

from sightline.domain.intake.feeds import FEEDS


def feed_title(feed: str) -> str:
    """Give a feed's title in words; a feed that is no longer read keeps its name."""
    return FEEDS[feed].title if feed in FEEDS else feed
