"""Signs of failure after a return from missing: nobody asked the child.

Both tell of agencies. The 72 hours of F04 are those of the guidance; of C26 an area may ask to see it sooner, and never
later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sightline.domain.signs.facts import said_no
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.known import Known
from sightline.domain.signs.rule import Rule
from sightline.domain.signs.settable import number
from sightline.domain.signs.silence import unanswered
from sightline.domain.vocabulary.sign import Family

INTERVIEW_HOURS = 72
LAST_INTERVIEWS, NOT_HELD = 3, 2
SOONER = "an area may see what agencies fail to do sooner than elsewhere, and never later"


@dataclass(frozen=True, slots=True)
class Interviews:
    """Hold how many of how many return interviews must not have been held to make the sign."""

    not_held: int = number(NOT_HELD, least=1, most=NOT_HELD, means="interviews not held", why=SOONER)
    last: int = number(LAST_INTERVIEWS, least=LAST_INTERVIEWS, most=6, means="last interviews that are looked at",
                       why=SOONER)


INTERVIEWS = Interviews()


def returned_and_not_interviewed(known: Known) -> Iterator[Finding]:
    """Find a return from missing that no interview followed within 72 hours."""
    held = [entry for entry in known.kind("missing.return-interview")
            if not said_no(entry, "held") and not (said_no(entry, "offered") and "held" not in entry.facts)]
    says = f"Returned from missing {{when}}, and no return interview within {INTERVIEW_HOURS} hours"
    returns = [Evidence(episode.found or episode.report, says, at=episode.end)
               for episode in known.episodes if episode.end is not None and episode.returned]
    return unanswered(returns, wait=timedelta(hours=INTERVIEW_HOURS), answers=held,
                      answered="Return interview, late, {when}")


def interviews_not_held(known: Known, numbers: Interviews = INTERVIEWS) -> Iterator[Finding]:
    """Find that two of the last three return interviews were told as not held, the last one among them."""
    told = known.kind("missing.return-interview")
    for index, last in enumerate(told):
        missed = [e for e in told[max(index + 1 - numbers.last, 0):index + 1] if said_no(e, "held")]
        if len(missed) >= numbers.not_held and missed[-1] is last:
            evidence = [Evidence(entry, "Return interview not held, told {when}") for entry in missed]
            yield Finding(last.at, evidence, f"{len(missed)} of the last {min(index + 1, numbers.last)}")


C26 = Rule(
    code="C26",
    family=Family.SYSTEM,
    title="Return interviews not held, again",
    explanation=(
        f"{NOT_HELD} or more of the last {LAST_INTERVIEWS} return interviews were told as not held, the last one among "
        "them. An interview of which it was not told whether it was held counts as held; F04 looks for silence."),
    source="Standard Safeguarding Dataset; the numbers are our own choice",
    source_key="R3, D",
    needs=("missing.return-interview",),
    cancelled_by="The interviews were held and told wrongly.",
    not_evidence_of="a refusal by the child, who may not have been asked well",
    find=interviews_not_held,
    numbers=INTERVIEWS,
)

F04 = Rule(
    code="F04",
    family=Family.SYSTEM,
    title="Returned from missing, and nobody asked",
    explanation=(
        f"A return from missing that no return interview followed within {INTERVIEW_HOURS} hours; one that was told as "
        "not held, or as not even offered, does not count. Where only the day of the return is known, the hours begin "
        "at its end. Nationally about a third are late or never held, so this sign alone hurries nobody; a missed "
        "interview of a child with other signs is what matters."),
    source="Statutory guidance on children who run away or go missing 2014; Missing People 2023-24",
    source_key="G5",
    needs=("missing.reported", "missing.found", "missing.return-interview"),
    cancelled_by="The interview was held and not told.",
    not_evidence_of="anything about the child: this is a failure of agencies",
    find=returned_and_not_interviewed,
)

RULES = (C26, F04)
