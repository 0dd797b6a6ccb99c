"""What is decided of a record that arrives, case by case of tests/spec/linkage/decisions.txt."""

import pytest
from tests.unit.linkage.described_as import described_as, lines

from sightline.domain.linkage.deciding import MOST_ASKED, Candidate, decide, holds_together
from sightline.domain.linkage.model import Model
from sightline.reference.linkage import first_model

MODEL = Model.read(first_model()).sized(1_000_000)


def cases():
    """Read the cases of the table: title, what arrives, who is known, what is decided."""
    found = []
    for line in lines("decisions.txt"):
        word, _, rest = line.strip().partition(" ")
        if word == "case":
            found.append({"title": rest, "known": []})
        elif word == "known":
            found[-1]["known"].append(rest)
        else:
            found[-1][word] = rest
    return found


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["title"])
def test_a_record_that_arrives(case):
    known = [line.partition(" ") for line in case["known"]]
    candidates = [Candidate(f"i{n}", person, int(person[1:]), described_as(words), same_list=False)
                  for n, (person, _, words) in enumerate(known)]
    apart = frozenset(f"i{n}" for n, (_, _, words) in enumerate(known) if words.endswith("apart"))
    choice = decide(MODEL, described_as(case["arrives"]), candidates, kept_apart=apart)
    person, _, asked = case["decide"].partition(" ask ")
    by_identity = {c.identity: c.person for c in candidates}
    assert (choice.person or "new") == person
    assert [by_identity[one.identity] for one in choice.doubts] == asked.split()


def test_a_decision_keeps_its_bits_and_their_parts():
    choice = decide(MODEL, described_as(""), [Candidate("i", "p", 1, described_as(""), same_list=False)])
    assert choice.bits == pytest.approx(sum(part.bits for part in choice.parts))
    assert "same first name" in choice.because


def test_a_person_of_whom_nothing_speaks_for_this_child_is_not_asked_about():
    stranger = described_as("given=Wilhelmina family=Bartholomew born=1998-10-29 home=ZE1 0AA")
    assert decide(MODEL, described_as(""), [Candidate("i", "p", 1, stranger, same_list=False)]).doubts == ()


def test_no_more_persons_are_asked_about_than_somebody_can_answer():
    many = [Candidate(f"i{n}", f"p{n}", n, described_as("given=Amina upn=A1"), same_list=False) for n in range(50)]
    choice = decide(MODEL, described_as("upn=A1"), many)
    assert (choice.person, len(choice.doubts)) == (None, MOST_ASKED)


def test_what_a_human_would_not_have_joined_does_not_hold_together():
    assert holds_together(MODEL, described_as(""), described_as(""))[0]
    assert not holds_together(MODEL, described_as("nhs=1"), described_as("nhs=2"))[0]
    assert not holds_together(MODEL, described_as(""), described_as("given=Amina"))[0]
