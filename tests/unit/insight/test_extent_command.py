"""`sightline extent`: the contract's document, words for people, and every bad file refused without a traceback."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lists_at_hand import SAMPLES

from sightline.interfaces.cli.main import main

THREE = "A,B,C,count\n1,0,0,100\n0,1,0,80\n0,0,1,60\n1,1,0,20\n1,0,1,15\n0,1,1,12\n1,1,1,4\n"


@pytest.fixture
def asked(tmp_path):
    """Run the command on a text, as a file."""
    def run(text: str | bytes, *options: str) -> Result:
        path = tmp_path / "lists.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return CliRunner().invoke(main, ["extent", str(path), "--bootstrap", "20", *options])
    return run


def document(result: Result) -> dict:
    """Read the one JSON document, and check that no number in it is none."""
    return json.loads(result.stdout, parse_constant=pytest.fail)


def test_the_document_has_the_keys_of_the_contract(asked):
    result = asked(THREE, "--json")
    found = document(result)
    assert result.exit_code == 0
    assert found["observed"] == 291
    assert found["lists"] == 3
    assert {one["method"] for one in found["estimates"]} == {
        "independence", "stepwise", "all-models", "decomposable-graphs", "latent-classes", "averaging"}
    for one in found["estimates"]:
        assert {"method", "estimate", "lower", "upper", "refused"} <= set(one)
        assert one["lower"] < one["estimate"] < one["upper"]
    low, high = found["range"]
    assert 291 < low < high
    assert found["warnings"]


def test_a_published_table_of_few_shared_children_has_figures_and_no_range():
    result = CliRunner().invoke(main, ["extent", str(SAMPLES / "Western.csv"), "--json", "--bootstrap", "20"])
    found = document(result)
    assert result.exit_code == 1
    assert found["range"] is None
    assert [one["code"] for one in found["refused"]] == ["too-few-shared"]
    assert found["estimates"][1]["estimate"] == pytest.approx(2483.3839, rel=1e-6)
    assert any("Do not use one of them" in one for one in found["warnings"])


def test_people_read_a_range_what_it_rests_on_and_never_one_number(asked):
    said = asked(THREE).stdout
    assert "Agencies here know of 291 children" in said
    for words in ("none of them alone is the answer", "On two lists or more: 51 of 291", "Leaving out one list",
                  "how far they lie apart is the message", "seed"):
        assert words in said


def test_a_row_a_child_is_the_same_as_rows_with_counts(asked):
    rows = [line.split(",") for line in THREE.splitlines()[1:]]
    each = "".join((",".join(row[:3]) + "\n") * int(row[3]) for row in rows)
    assert document(asked("A,B,C\n" + each, "--json")) == document(asked(THREE, "--json"))


def test_rows_of_the_same_lists_are_added_up_and_a_list_of_nobody_is_left_out(asked):
    twice = THREE.replace("1,0,0,100\n", "1,0,0,60\n1,0,0,40\n")
    found = document(asked(twice, "--json"))
    assert found["range"] == document(asked(THREE, "--json"))["range"]
    assert any("added up" in one for one in found["warnings"])
    empty = "\n".join(line + (",D" if at == 0 else ",0") for at, line in enumerate(
        line.replace(",count", "") for line in ("A,B,C", "1,0,0", "0,1,0", "0,0,1")))
    assert "Nobody is on D" in " ".join(document(asked(empty, "--json"))["warnings"])


def test_links_and_population_are_taken_from_the_command_line(asked):
    found = document(asked(THREE, "--json", "--missed-links", "0.05", "--population", "1200"))
    assert found["cut_at_population"] and found["range"][1] == 1200
    assert found["corrected"]["missed_links"] == 0.05
    assert len(found["corrected"]["estimates"]) == len(found["estimates"])
    assert "Corrected for 5.0% of true links missed" in " ".join(found["warnings"])


def test_lists_of_two_periods_are_refused(asked):
    found = asked(THREE, "--json", "--period", "A=2023", "--period", "B=2024")
    assert found.exit_code == 1
    assert document(found)["refused"][0]["code"] == "different-periods"


@pytest.mark.parametrize(("text", "words"), [
    ("A,B,C,count\n1,0,0,-3\n", "count of row 1 is -3"),
    ("A,B,C,count\n1,0,0,3.5\n", "count of row 1 is 3.5"),
    ("A,B,C,count\n1,0,0,1e999\n", "count of row 1 is inf"),
    ("A,B,C,count\n1,0,0,nan\n", "not a number"),
    ("A,B,C,count\n1,0,0,many\n", "not a number"),
    ("A,B,C,count\n1,0,0,99999999999\n", "more than live anywhere"),
    ("A,B,C,count\n1,0,2,5\n", "other than 0 and 1"),
    ("A,B,C,count\n1,0,5\n", "3 columns"),
    ("A,B,C,count\n0,0,0,5\n", "No child is on any"),
    ("A,B,C,count\n", "No child is on any"),
    ("A,A,C\n1,0,1\n", "Two columns are named"),
    ("A,,C\n1,0,1\n", "no name"),
    ("1,0,1\n0,1,1\n", "no first row"),
    ("count\n5\n", "at least three lists"),
    ("", "no first row"),
    (b"\xff\xfeA\x00", "UTF-8"),
    (",".join("ABCDEFGHIJKLMNO") + "\n" + ",".join("1" * 15) + "\n", "15 lists"),
])
def test_a_bad_file_is_refused_in_words(asked, text, words):
    plain, spoken = asked(text), asked(text, "--json")
    assert (plain.exit_code, spoken.exit_code) == (1, 1)
    assert words in document(spoken)["refused"]
    assert words in plain.stderr
    assert "did not foresee" not in plain.stderr


@pytest.mark.parametrize("options", [
    ("--missed-links", "0.7"), ("--false-links", "-0.1"), ("--period", "Z=2024"), ("--missed-links", "nan")])
def test_what_cannot_be_is_refused_in_words(asked, options):
    result = asked(THREE, "--json", *options)
    assert result.exit_code == 1
    assert document(result)["refused"].endswith((".", "'."))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    result = CliRunner().invoke(main, ["extent", str(tmp_path / "none.csv"), "--json"])
    assert result.exit_code == 1
    assert "cannot be read" in document(result)["refused"]


def test_who_counts_is_told_with_the_answer_or_asked_for(asked):
    assert "Nobody stated who counts" in asked(THREE).stdout
    said = asked(THREE, "--definition", "under 18, confirmed by a strategy meeting").stdout
    assert "Who counts: under 18, confirmed by a strategy meeting" in said
