"""Times missing: from report to return, each counted once however many agencies told of it.

Two things go wrong with counting reports. A police force and a council tell of one and the same night, the council by
day only; and a return is never told, so that one open report would swallow all that follow. So: reports of different
agencies that can overlap are one episode; and an agency that reports the same child again after a day, though no
return was told, is taken to have had the child back in between.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sightline.domain.signs.gaps import END_OF_TIME, earliest, latest, least_gap
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment, is_day

SAME_REPORT_HOURS = 24
REPORTED = "Reported missing {when}"


class Episode(NamedTuple):
    """Hold one time missing: the report, the end as far as it was told, and the entry that told the return.

    `end` None means that no return is known. `returned` is False where the end is only inferred from a later report.
    The child can have been missing from `begins` to `ends`, both in UTC.
    """

    report: Entry
    end: Moment | None
    found: Entry | None
    returned: bool
    begins: datetime
    ends: datetime

    @classmethod
    def of(cls, report: Entry, end: Moment | None, *, found: Entry | None = None, returned: bool = True) -> "Episode":
        """Put an episode together from its report and its end."""
        ends = END_OF_TIME if end is None else latest(end)
        return cls(report, end, found, returned, earliest(report.at), ends)


def told_episodes(reports: Sequence[Entry], returns: Sequence[Entry], *, at: datetime) -> tuple[Episode, ...]:
    """Give each agency's episodes in order; its own reports of one and the same absence are one."""
    by_agency: dict[str, list[Episode]] = {}
    for episode in _ended(reports, returns, at=at):
        told = by_agency.setdefault(episode.report.by, [])
        if told and _begins_inside(told[-1], episode.report):
            if _same(told[-1], episode.report):
                told[-1] = _joined(told[-1], episode)
                continue
            told[-1] = Episode.of(told[-1].report, episode.report.at, returned=False)
        told.append(episode)
    return tuple(sorted((e for told in by_agency.values() for e in told), key=lambda e: (e.begins, e.report.id)))


def distinct_episodes(told: Sequence[Episode]) -> tuple[Episode, ...]:
    """Give each episode once: where agencies' tellings can overlap, those of the agency that told the most of them.

    Between agencies that told equally many, the one that gave instants rather than days is taken.
    """
    if len({e.report.by for e in told}) < 2:
        return tuple(told)
    kept: list[Episode] = []
    for group in _overlapping(told):
        by_agency: dict[str, list[Episode]] = {}
        for episode in group:
            by_agency.setdefault(episode.report.by, []).append(episode)
        most = max(_most_told(episodes) for episodes in by_agency.values())
        kept += next(episodes for episodes in by_agency.values() if _most_told(episodes) == most)
    return tuple(sorted(kept, key=lambda e: (e.begins, e.report.id)))


def _ended(reports: Sequence[Entry], returns: Sequence[Entry], *, at: datetime) -> Iterator[Episode]:
    """Find the end of each: what the report itself says, else the first return that can be at or after it."""
    ends = [latest(entry.at) for entry in returns]
    first = 0
    for report in reports:
        if report.until is not None and earliest(report.until) <= at:
            yield Episode.of(report, report.until)
            continue
        begins = earliest(report.at)
        while first < len(ends) and ends[first] < begins:
            first += 1
        found = returns[first] if first < len(ends) else None
        yield Episode.of(report, found.at if found else None, found=found)


def _begins_inside(before: Episode, report: Entry) -> bool:
    """Tell whether a report came, for certain, while the episode was still open."""
    return before.end is None or latest(report.at) < earliest(before.end)


def _same(before: Episode, report: Entry) -> bool:
    """Tell whether one agency's second report is about the episode that it already told."""
    told_its_end = before.end is not None and before.end == before.report.until
    return told_its_end or least_gap(before.report.at, report.at) <= timedelta(hours=SAME_REPORT_HOURS)


def _joined(before: Episode, after: Episode) -> Episode:
    """Give one episode from the first report to the later of the ends that were told."""
    told = [episode for episode in (before, after) if episode.end is not None] or [before]
    longest = max(told, key=lambda episode: episode.ends)
    return Episode.of(before.report, longest.end, found=longest.found, returned=longest.returned)


def _overlapping(told: Sequence[Episode]) -> list[list[Episode]]:
    groups: list[list[Episode]] = []
    reach = None
    for episode in told:
        if reach is None or episode.begins > reach:
            groups.append([])
            reach = episode.ends
        groups[-1].append(episode)
        reach = max(reach, episode.ends)
    return groups


def _most_told(told: list[Episode]) -> tuple[int, int]:
    return len(told), sum(not is_day(episode.report.at) for episode in told)
