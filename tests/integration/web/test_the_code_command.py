"""`sightline code` shows the code of an invented officer, and of nobody else."""

import json

import pytest
from beth import BETH, PASSWORD, code
from click.testing import CliRunner

from sightline.interfaces.cli.main import main
from sightline.interfaces.web.sign_in.demonstration import NotADemonstration, enrol, log_ins


@pytest.fixture
def demonstration(settings, tmp_path):
    file = tmp_path / "demonstration.json"
    known = {"email": BETH, "password": PASSWORD, "name": "Beth Okafor", "who": "Social worker in Knowsley"}
    real = known | {"email": "beth.okafor@knowsley.gov.uk"}
    file.write_text(json.dumps({"log_ins": [known, real]}))
    settings.DEMONSTRATION, settings.DEMONSTRATION_FILE = True, file


def test_it_shows_the_code_that_opens(beth, demonstration):
    answer = CliRunner().invoke(main, ["code", BETH, "--json"])
    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["code"] in (code(), code(-1))
    assert CliRunner().invoke(main, ["code", BETH]).stdout.strip() in (code(), code(-1))


@pytest.mark.parametrize("email", ["nobody@knowsley.example", "beth.okafor@knowsley.gov.uk", ""])
def test_it_refuses_for_anybody_else_in_words(beth, demonstration, email):
    answer = CliRunner().invoke(main, ["code", email, "--json"])
    assert answer.exit_code == 1
    assert json.loads(answer.stdout)["code"] is None
    assert "demonstration only" in answer.stderr


def test_it_refuses_where_there_is_no_demonstration(beth):
    answer = CliRunner().invoke(main, ["code", BETH])
    assert answer.exit_code == 1
    assert answer.stdout == ""


def test_an_address_that_could_be_somebodys_is_never_offered(demonstration):
    assert [one.email for one in log_ins()] == [BETH]


def test_only_an_invented_officer_is_given_an_app(beth, settings):
    with pytest.raises(NotADemonstration):
        enrol(beth)
