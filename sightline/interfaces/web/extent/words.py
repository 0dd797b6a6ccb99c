"""What the page of extent says: the known count, the range and what it depends on, or why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sightline.apps.insight.extents import ExtentFacts
from sightline.domain.insight.own_lists import DEFINITION
from sightline.domain.insight.wording import NEVER_REACHED, USEFUL_TIMES
from sightline.interfaces.extent.tables import Reader, in_words
from sightline.interfaces.web.moments import moment_in_words

DIRECTIONS = (
    ("Some children are harder to notice than all models suppose", "Above the middle of the range"),
    ("Links between records of one child were missed", "Below the middle"),
    ("Records of different children were joined", "Above the middle"),
    ("Signs stand on children who are not exploited", "Below all figures"),
    ("Children were in the area for a part of the period only", "Below the middle"),
    ("A kind of agency covers only some of the children, such as one school of many", "Above the middle"))
NEVER_COUNTED = (
    NEVER_REACHED,
    "Children of whom agencies know, and whose signs nobody told here, are not among the known.",
    ("A range says nothing of any one child, and areas are not to be ranked by it: they differ in recording more than "
     "in children."))
USES = ("Use it to ask whether enough is done to find children, not to say how many there are. Nobody should quote the "
        "middle of it.")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Hold why there is no range, and what would help."""

    why: str
    helps: str


PLAIN = {
    "no-lists": Refusal("There are not two lists with children on them.",
                        "More kinds of agency must tell of warning signs here."),
    "too-few-lists": Refusal("Fewer than three lists share children with each other.",
                             "More kinds of agency must tell of warning signs here, in the same period."),
    "no-finite-answer": Refusal("The lists overlap too little: the children whom nobody knows could be endlessly many.",
                                "A longer period, or more agencies that tell."),
    "too-few-shared": Refusal("Too few children are on two lists or more; at least 30 are needed.",
                              "A longer period, or more agencies that tell. Do not lower the 30."),
    "nested-lists": Refusal("Every child of one list is on another, as if it were filled from that.",
                            "Find out how the smaller list comes about, and join the two in a new edition of the "
                            "definition if one is filled from the other."),
    "different-periods": Refusal("Not all lists cover the whole period.",
                                 "Wait until every kind of agency has told for the whole of it, or ask for a shorter "
                                 "period."),
    "linkage-unmeasured": Refusal("Nobody knows how many links between records are missed or wrong, and one in ten "
                                  "missed raises the answer by an eighth.",
                                  "People must answer doubts whether two records are of one child."),
    "more-than-live-there": Refusal("More children would be counted than live in the area.",
                                    "Check whether children of elsewhere are on the lists.")}


def headline(facts: ExtentFacts, reader: Reader) -> list[str]:
    """Say the known count, and the range if there is one; never one number for those whom nobody knows."""
    known = reader.children(facts.known)
    said = [f"Agencies here know of {_rounded(known, reader)} children who meet the definition below."]
    if facts.range is None:
        return said
    low, high = facts.range
    said.append(f"Depending on what we assume about how agencies find children, between {low:,} and {high:,} children "
                "met it in the period, these known ones among them. The records alone cannot narrow this.")
    if facts.answer["cut_at_population"]:
        said.append(f"The upper end was cut at the {high:,} children of any age who live in the councils that take "
                    "part: these records alone give no useful upper limit.")
    elif high > USEFUL_TIMES * low:
        said.append(f"The upper end is no useful limit. Say only that there are at least about {low:,}.")
    return said


def of_links(facts: ExtentFacts) -> list[str]:
    """Say how far links between records were measured, with the range before and after they were corrected for."""
    rates, fixed = facts.links["measured"], facts.answer.get("corrected")
    if rates["missed"] is None:
        return ["How often links between records are missed or wrong is not known yet.",
                *(f"Wanting: {one}." for one in rates["short_of"])]
    said = [(f"Of true links between records {_rate(rates['missed'])} are missed, and of made links "
             f"{_rate(rates['false'])} are false, as far as people’s answers to doubts tell."),
            "Records less alike than those of which people are asked are in no answer: more may be missed than that."]
    if fixed and fixed["range"] and fixed["range_without_correction"]:
        low, high = fixed["range_without_correction"]
        said.insert(1, f"The range is corrected for this, and holds all that the measurement leaves open. Without it, "
                       f"the range would be {low:,} to {high:,}.")
    return said


def refusals(facts: ExtentFacts, reader: Reader) -> list[Refusal]:
    """Say why there is no range and what would help; the reasons with their numbers inside the partnership only."""
    found = []
    for one in facts.answer["refused"]:
        plain = PLAIN.get(one["code"], Refusal(one["why"], "Ask who looks after this installation."))
        wanting = facts.links["measured"]["short_of"] if one["code"] == "linkage-unmeasured" else ()
        helps = " ".join([plain.helps, *(f"Wanting: {words}." for words in wanting)])
        found.append(Refusal(plain.why if reader.outside else one["why"], helps))
    return found


def left_out(facts: ExtentFacts, reader: Reader) -> list[tuple[str, str]]:
    """Say whom the definition left out, and how many these are."""
    return [(words, in_words(reader.children(facts.left_out[code])))
            for code, words in DEFINITION.left_out.items() if facts.left_out.get(code)]


def covered(facts: ExtentFacts, reader: Reader) -> list[tuple[str, str, str, str]]:
    """Say for each list how many agencies told for it, how much and since when; lists for which nobody told, too."""
    rows = []
    for one in DEFINITION.lists:
        found: Mapping[str, Any] | None = facts.covered.get(one.name)
        rows.append((one.name, "None" if found is None else f"{found['agencies']:,}",
                     "Nothing" if found is None else in_words(reader.children(found["told"])),
                     "Never" if found is None else moment_in_words(datetime.fromisoformat(found["first_at"]))))
    return rows


def computed(facts: ExtentFacts) -> list[tuple[str, str]]:
    """Say how it was computed, so that somebody can compute it again."""
    told = facts.answer["diagnostics"]
    rows = [("Definition", facts.definition), ("Drawn tables (bootstrap)", f"{facts.replicates:,}"),
            ("Seed", str(facts.seed))]
    if told is None:
        return rows
    if facts.range is not None:
        rows += [("Models tried", f"{told['models_tried']:,}"),
                 ("Of which without one finite answer", f"{told['models_failed']:,}"),
                 ("Weight on unequal visibility", f"{told['weight_on_unequal_visibility']:.0%}"),
                 *_noise(facts.answer["estimates"])]
    return rows


def without_children(facts: ExtentFacts) -> str | None:
    """Name the lists on which nobody stands: they tell nothing of the others, and are left out."""
    empty = [one.name for one in DEFINITION.lists if one.name not in facts.lists]
    return f"Nobody is on these lists, so they are left out: {', '.join(empty)}." if empty else None


def lettered(letters: Sequence[tuple[str, str]]) -> str:
    """Say which letter stands for which list."""
    return ", ".join(f"{letter} is {name}" for letter, name in letters) + "."


def on_one_list(facts: ExtentFacts) -> str | None:
    """Say how many in a hundred of the known children are on one list only."""
    told = facts.answer["diagnostics"]
    if told is None or facts.known < 1:
        return None
    return f"{told['on_one_list_only'] / facts.known:.0%}"


def _noise(estimates: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    moved = [max(one for one in found["noise"] if one is not None) for found in estimates
             if found["noise"] and any(one is not None for one in found["noise"])]
    return [("Limits of the drawn methods move with the seed by up to about", f"{max(moved):,.0f}")] if moved else []


def _rate(rate: Mapping[str, float]) -> str:
    return f"{rate['share']:.1%} (between {rate['low']:.1%} and {rate['high']:.1%})"


def _rounded(known: str | int | float, reader: Reader) -> str:
    if isinstance(known, str):
        return known.lower()
    return f"about {known:,}" if reader.outside and known else f"{known:,}"
