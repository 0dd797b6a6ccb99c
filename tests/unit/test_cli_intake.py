"""The commands `sightline identifier` and `sightline feeds`."""

import json

import pytest
from click.testing import CliRunner

from sightline.domain.intake.feeds import FEEDS
from sightline.interfaces.cli.main import main


def run(*words):
    return CliRunner().invoke(main, list(words))


def test_a_valid_identifier_exits_with_nought_and_its_one_form():
    result = run("identifier", "pnc", "02/73319Z", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"valid": True, "normal": "2002/0073319Z", "why": "The check letter agrees."}


def test_an_invalid_identifier_exits_with_one_and_says_why():
    result = run("identifier", "upn", "R247962919251", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["normal"] == "R247962919251"
    result = run("identifier", "upn", "R247962919251")
    assert result.exit_code == 1
    assert result.stdout.startswith("not valid: R247962919251\nThe check letter")


@pytest.mark.parametrize("words", [("identifier", "passport", "1"), ("identifier", "upn"), ("feeds", "lunch")])
def test_wrong_usage_exits_with_two_and_no_traceback(words):
    result = run(*words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("value", ["", "\x00", "\ud800", "x" * 10_000, "-1"])
def test_no_value_gives_a_traceback(value):
    result = run("identifier", "--json", "nhs", "--", value)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["valid"] is False
    assert run("identifier", "nhs", "--", value).exit_code == 1


def test_the_feeds_are_listed_and_each_is_described_column_by_column():
    result = run("feeds")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == list(FEEDS)
    for name, feed in FEEDS.items():
        text = run("feeds", name).stdout
        assert all(f"\n  {column.name}" in text for table in feed.tables for column in table.columns)
        assert run("feeds", name, "--json").stdout.count('"becomes"') == sum(len(t.columns) for t in feed.tables)


def test_the_feeds_as_json_are_one_document():
    document = json.loads(run("feeds", "--json").stdout)
    assert [feed["name"] for feed in document] == list(FEEDS)
    (category,) = [one for one in document[0]["tables"][0]["columns"] if one["name"] == "category"]
    assert category["required"] is True
