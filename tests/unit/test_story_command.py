"""`sightline story` names the stories and tells each of them."""

import json

from click.testing import CliRunner

from sightline.demonstration.stories import STORIES
from sightline.interfaces.cli.main import main


def run(*arguments):
    return CliRunner().invoke(main, ["story", *arguments])


def test_it_names_all_stories():
    assert [line[:3] for line in run("list").stdout.splitlines()] == [one.code for one in STORIES]
    listed = json.loads(run("list", "--json").stdout)["stories"]
    assert [one["title"] for one in listed] == [one.title for one in STORIES]


def test_it_tells_each_story_in_words_and_as_a_document():
    for one in STORIES:
        told = run("show", one.code.lower())
        assert told.exit_code == 0
        assert one.happens in told.stdout
        assert "invented" in told.stdout
        assert json.loads(run("show", one.code, "--json").stdout)["seen"] == list(one.seen)


def test_a_story_that_does_not_exist_is_refused_in_words():
    assert run("show", "S99").exit_code == 1
    assert "sightline story list" in run("show", "S99").stderr
    assert json.loads(run("show", "S99", "--json").stdout)["refused"]
    assert run("show").exit_code == 2
