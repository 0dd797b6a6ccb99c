"""All feeds by name."""

from sightline.domain.intake import (
    attendance,
    cin_census,
    exclusions,
    offenders,
    police_custody,
    police_events,
    school_census,
    school_roll,
    social_care_api,
    ssda903,
    timeline,
)
from sightline.domain.intake.feed import Feed

FEEDS: dict[str, Feed] = {
    feed.name: feed
    for feed in (
        exclusions.FEED,
        attendance.FEED,
        school_roll.FEED,
        school_census.FEED,
        ssda903.FEED,
        cin_census.FEED,
        social_care_api.FEED,
        police_custody.FEED,
        police_events.FEED,
        offenders.FEED,
        timeline.FEED,
    )
}
