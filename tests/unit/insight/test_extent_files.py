"""The pictures and tables of an estimate: what is drawn, what is held back, and what is written into a folder."""

import re
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from lists_at_hand import SAMPLES, small

from sightline.domain.insight.estimating import estimate_extent
from sightline.domain.insight.recording import as_record
from sightline.interfaces.cli.main import main
from sightline.interfaces.extent.drawing import models_drawing, overlaps_drawing, shown_points, written
from sightline.interfaces.extent.tables import FEWER, Reader, tables

INSIDE, OUTSIDE = Reader(outside=False), Reader(outside=True)
HISTORIES = {1: 100, 2: 80, 4: 60, 3: 20, 5: 15, 6: 12, 7: 4}
LISTS = ("A", "B", "C")


@pytest.fixture(scope="module")
def record():
    return as_record(estimate_extent(small("A 100, B 80, C 60, AB 20, AC 15, BC 12, ABC 4"), replicates=20))


def test_every_model_that_is_not_too_far_away_is_one_mark(record):
    drawn, far = shown_points(record)
    shapes = [one for one in models_drawing(record).shapes if dict(one.attributes)["class"] in (
        "sightline-extent__pairs", "sightline-extent__visibility", "sightline-extent__kinds")]
    assert len(shapes) == len(drawn) > 20
    assert len(drawn) + far == len(record["diagnostics"]["all_models"])
    assert max(one[0] for one in drawn) <= 3 * record["range"][1]


def test_the_range_and_the_known_children_stand_where_they_belong(record):
    drawing = models_drawing(record)
    marks = {dict(one.attributes)["class"]: dict(one.attributes) for one in drawing.shapes}
    known = float(re.match(r"M([\d.]+) ", marks["sightline-extent__known"]["d"])[1])
    shaded = marks["sightline-extent__range"]
    assert known < shaded["x"] < shaded["x"] + shaded["width"] < drawing.width


def test_combinations_are_drawn_in_their_order_with_their_counts():
    words = [one.words for one in overlaps_drawing(LISTS, HISTORIES, INSIDE).shapes if one.words]
    assert words == ["A", "B", "C", "100", "80", "60", "20", "15", "12", "4"]
    outside = [one.words for one in overlaps_drawing(LISTS, HISTORIES, OUTSIDE).shapes if one.words]
    assert outside[-3:] == ["15", "10", "1 to 4"]


def test_a_drawing_is_a_picture_of_its_own_whatever_a_list_is_called():
    text = written(overlaps_drawing(("<b>", "A & B"), {1: 3, 3: 5}, INSIDE), "Lists <b> & others")
    root = ElementTree.fromstring(text)
    assert root.find("{http://www.w3.org/2000/svg}title").text == "Lists <b> & others"
    assert "style=" not in text


def test_outside_the_partnership_small_counts_are_held_back_and_others_rounded(record):
    found = tables(record, lists=LISTS, histories=HISTORIES, reader=OUTSIDE)
    assert found["combinations"].rows[-1] == ("A and B and C", FEWER)
    assert found["lists"].rows[0] == ("A: A", 140, 100)
    assert ("B", "C", 15) in found["overlaps"].rows
    assert [row[1] for row in found["each-list-as-truth"].rows] == [140, 115, 90]


def test_without_a_range_no_table_holds_a_figure_to_be_quoted(record):
    refused = {**record, "range": None}
    assert set(tables(refused, lists=LISTS, histories=HISTORIES, reader=INSIDE)) == {
        "combinations", "lists", "overlaps"}


def test_the_bands_hold_all_models_and_all_their_weight(record):
    bands = tables(record, lists=LISTS, histories=HISTORIES, reader=INSIDE)["all-models"]
    assert sum(row[1] for row in bands.rows) == len(record["diagnostics"]["all_models"])
    assert sum(row[2] for row in bands.rows) == pytest.approx(100, abs=1)
    assert len(bands.rows) <= 12


def test_the_command_writes_pictures_with_their_tables(tmp_path):
    folder = tmp_path / "pictures"
    result = CliRunner().invoke(main, ["extent", str(SAMPLES / "UKdat_5.csv"), "--bootstrap", "20", "--pictures",
                                       str(folder)])
    assert result.exit_code == 0, result.output
    assert {one.name for one in folder.iterdir()} >= {"models.svg", "overlaps.svg", "models.csv", "combinations.csv",
                                                      "every-model.csv"}
    for one in folder.glob("*.svg"):
        assert ElementTree.fromstring(one.read_text("utf-8")).tag.endswith("svg")
    assert (folder / "combinations.csv").read_text("utf-8").splitlines()[1] == "PFNCA,995"


def test_without_a_range_only_what_the_lists_show_is_written(tmp_path):
    result = CliRunner().invoke(main, ["extent", str(SAMPLES / "Western.csv"), "--bootstrap", "20", "--pictures",
                                       str(tmp_path / "p")])
    assert result.exit_code == 1
    assert {one.name for one in (tmp_path / "p").iterdir()} == {
        "overlaps.svg", "combinations.csv", "lists.csv", "overlaps.csv"}


def test_a_folder_that_cannot_be_written_to_is_refused_in_words(tmp_path):
    (tmp_path / "taken").write_text("a file")
    result = CliRunner().invoke(main, ["extent", str(SAMPLES / "Western.csv"), "--bootstrap", "20", "--pictures",
                                       str(tmp_path / "taken")])
    assert result.exit_code == 1
    assert "cannot be written to" in result.stderr


@pytest.mark.parametrize("options", [
    (), ("--own", "x.csv"), ("--own", "--population", "5"), ("x.csv", "--from", "2026-01-01")])
def test_own_lists_and_a_file_do_not_go_together(options):
    result = CliRunner().invoke(main, ["extent", *options])
    assert result.exit_code == 2
    assert "--own" in result.stderr
