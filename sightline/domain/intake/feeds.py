"""All feeds by name."""

from sightline.domain.intake import exclusions, police_custody, police_events, timeline
from sightline.domain.intake.feed import Feed

FEEDS: dict[str, Feed] = {
    feed.name: feed
    for feed in (
        exclusions.FEED,
        police_custody.FEED,
        police_events.FEED,
        timeline.FEED,
    )
}
