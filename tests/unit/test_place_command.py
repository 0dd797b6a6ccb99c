"""`sightline place` answers in words or in one JSON document, and refuses in words."""

import json

import pytest
from click.testing import CliRunner

from sightline.interfaces.cli.main import main


def run(*arguments):
    return CliRunner().invoke(main, ["place", *arguments])


def test_it_answers_as_one_flat_document():
    result = run("PR1 2HE", "--json")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["why"].startswith("Exact")
    assert {key: answer[key] for key in list(answer)[:12]} == {
        "postcode": "PR1 2HE", "council": "Preston", "council_code": "E07000123",
        "childrens_services_authority": "Lancashire", "childrens_services_authority_code": "E10000017",
        "police_force": "Lancashire", "police_force_code": "E23000003", "nation": "England",
        "lat": answer["lat"], "lon": answer["lon"], "exact": True, "by": "postcode",
    }


def test_it_answers_in_words_also_without_quotes():
    result = run("pr1", "2he")
    assert result.exit_code == 0
    assert "Lancashire (E10000017)" in result.stdout
    assert "Exact" in result.stdout


@pytest.mark.parametrize("postcode", ["ZZ1 1ZZ", "\x00\U0001f4a5", "JE2 3AA", "--", ""])
def test_an_unknown_postcode_is_refused_in_words_with_status_1(postcode):
    result = run("--json", "--", postcode)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["refused"]
    in_words = run("--", postcode)
    assert (in_words.exit_code, in_words.stdout) == (1, "")
    assert "Traceback" not in in_words.stderr
    assert in_words.stderr.strip()


def test_no_postcode_is_wrong_usage():
    assert run().exit_code == 2
