"""Put inspections, their cases and what they found into the words, pictures and tables that their pages show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sightline.apps.access.queries import agencies
from sightline.apps.insight.inspection_queries import NOBODY, CaseFacts, InspectionFacts
from sightline.domain.insight.agreement import Agreement
from sightline.domain.insight.frameworks import Topic, frameworks
from sightline.domain.insight.inspecting import LEAST_READ_TWICE, OTHERS, Read, Result, Strata, result
from sightline.domain.insight.measures import measures
from sightline.domain.insight.sampling import Weighted
from sightline.interfaces.web.chart import Bar, Figure, bar_chart
from sightline.interfaces.web.moments import counted

NOT_YET = "No grade stands yet"


@dataclass(frozen=True, slots=True)
class CaseShown:
    """Show one drawn case in the list: its number, stratum, what was counted, who reads it and how far that is."""

    place: int
    stratum: str
    measured: tuple[str, ...]
    readers: str
    mine: bool
    state: str
    done: bool


@dataclass(frozen=True, slots=True)
class TopicShown:
    """Show what was found under one topic: a bar for each grade, and how far auditors agree, in sentences."""

    topic: Topic
    bars: tuple[Bar, ...]
    says: tuple[str, ...]


def topics_of(found: InspectionFacts) -> list[Topic]:
    """Give the topics of an inspection with their titles; of a framework that was dropped since, by their codes."""
    titles = {topic.code: topic.title for one in frameworks() if one.code == found.framework for topic in one.topics}
    return [Topic(code, titles.get(code, code)) for code in found.topics]


def framework_title(code: str) -> str:
    """Give the title of a framework; of one that was dropped since, its code."""
    return next((one.title for one in frameworks() if one.code == code), code)


def strata_words(found: InspectionFacts) -> dict[str, str]:
    """Name each stratum of an inspection."""
    if found.strata is Strata.MEASURE:
        names = {code: measure_words(code) for code in found.frame}
    else:
        names = {str(agency.id): agency.name for agency in agencies()} | {NOBODY: "No agency here answers"}
    return {code: (names | {OTHERS: "Smaller parts, joined"}).get(code, code) for code in found.frame}


def measure_words(code: str) -> str:
    """Name a measure with its code."""
    known = measures().get(code)
    return f"{code} {known.title}" if known else code


def frame_rows(
    found: InspectionFacts, cases: Sequence[CaseFacts], words: Mapping[str, str]
) -> list[tuple[str, int, int]]:
    """Give for each stratum how many children the snapshot has in it, and how many were drawn."""
    return [(words[code], of, sum(case.stratum == code for case in cases))
            for code, of in sorted(found.frame.items(), key=lambda one: words[one[0]])]


def cases_shown(
    found: InspectionFacts, cases: Iterable[CaseFacts], *, words: Mapping[str, str], viewer: UUID
) -> list[CaseShown]:
    """Show the drawn cases in the order in which they are read."""
    return [CaseShown(
        case.place, words[case.stratum], measured_words(case), _readers(case), viewer in (case.first, case.second),
        _state(case, topics=len(found.topics), viewer=viewer), case.whole) for case in cases]


def measured_words(case: CaseFacts) -> tuple[str, ...]:
    """Say what was counted of a child: each measure once, with its parts."""
    parts: dict[str, set[str]] = {}
    for measure, part, _ in case.measured:
        parts.setdefault(measure, set()).update({part} - {""})
    return tuple(measure_words(measure) + (f" ({', '.join(sorted(told))})" if told else "")
                 for measure, told in parts.items())


def _readers(case: CaseFacts) -> str:
    return case.first_name + (f", and again by {case.second_name}" if case.second else "")


def _state(case: CaseFacts, *, topics: int, viewer: UUID) -> str:
    if case.whole:
        return "Graded"
    if viewer not in (case.first, case.second):
        return "Being read"
    mine = case.graded if viewer == case.first else case.graded_again
    if mine == topics:
        return "Graded by you; the other reader has not finished"
    return f"{mine} of {counted(topics, 'topic')} graded by you" if mine else "Not graded by you yet"


def results(found: InspectionFacts, reads: Mapping[str, Sequence[Read]]) -> list[tuple[Topic, Result]]:
    """Weigh what was said of each topic."""
    return [(topic, result(reads.get(topic.code, ()), grades=found.grades, frame=found.frame))
            for topic in topics_of(found)]


def topics_shown(weighed: Iterable[tuple[Topic, Result]]) -> list[TopicShown]:
    """Show what was found under each topic."""
    return [TopicShown(topic, bar_chart([
        Figure(grade.capitalize(), *_share(share)) for grade, share in one.shares.items()]), tuple(_says(one)))
        for topic, one in weighed]


def _share(share: Weighted | None) -> tuple[float | None, str, float | None, float | None]:
    if share is None:
        return None, NOT_YET, None, None
    return share.share, share_words(share), share.low, share.high


def share_words(share: Weighted | None) -> str:
    """Write a weighted share with its interval."""
    return NOT_YET if share is None else f"{share.share:.0%} ({share.low:.0%} to {share.high:.0%})"


def _says(one: Result) -> Iterable[str]:
    yield f"{counted(one.standing, 'case')} with a grade that stands."
    if one.unsettled:
        yield f"{counted(one.unsettled, 'case')} left out, of which two auditors differ and nobody has settled it."
    yield agreement_words(one.agreement)


def agreement_words(told: Agreement | None) -> str:
    """Say how far two auditors agree beyond chance, and from how many cases."""
    if told is None:
        return "No case has been read twice yet, so nobody knows how far auditors agree."
    equal = f"Two auditors read {counted(told.n, 'case')} and gave the same grade in {told.equal:.0%}"
    if told.kappa is None:
        return f"{equal}: both gave one grade to all, so that chance alone could agree as well (no kappa)."
    within = (f"too few cases for an interval, which takes {LEAST_READ_TWICE}" if told.low is None
              else f"95% interval {told.low:.2f} to {told.high:.2f}")
    return f"{equal}. Cohen’s kappa is {told.kappa:.2f} ({within}): 1 is full agreement, 0 no more than chance."
