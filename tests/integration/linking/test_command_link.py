"""The command `sightline link` on small files: right clusters, honest words, refusals, and nothing half-written."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import duckdb
import pytest
from click.testing import CliRunner, Result

from sightline.interfaces.cli.main import main

FAKE = Path(__file__).parents[2] / "samples" / "linkage" / "fake_1000.csv"
HEADINGS = ["key", "Forename", "Surname", "DOB", "Post code", "NHS number"]
AMARA = ["s1", "Amara", "Okafor", "2012-05-10", "L36 9UX", ""]
NAMES = [("Amara", "Okafor"), ("Beth", "Lindley"), ("Carl", "Osgood"), ("Dawn", "Pryce"), ("Elin", "Rees"),
         ("Farid", "Nazari"), ("Gwen", "Aspinall"), ("Hodan", "Warsame"), ("Ivo", "Kowalczyk"), ("Jun", "Zhao")]


def crowd(number: int = 120) -> list[list[str]]:
    """Give records of persons who have nothing to do with each other, every third told twice with a slip."""
    rows = []
    for i in range(number):
        given, family = NAMES[i % 10][0] + "abcdefghij"[i // 10 % 10], NAMES[i * 7 % 10][1] + "klmnopqrst"[i // 12 % 10]
        row = [f"a{i}", given, family, f"{2008 + i % 9}-{1 + i % 12:02d}-{1 + i * 5 % 28:02d}",
               f"L{1 + i % 30} {i % 9}A{'BDEFGH'[i % 6]}", ""]
        rows.append(row)
        if i % 3 == 0:
            rows.append([f"b{i}", given, family[:-2] + family[-1], row[3], row[4], ""])
    return rows


def written(path: Path, rows: list[list[str]], headings: list[str] = HEADINGS) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headings, *rows])
    return path


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, ["link", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def clusters(out: Path) -> dict[str, str]:
    with out.open(newline="", encoding="utf-8") as file:
        return {row["record"]: row["cluster"] for row in csv.DictReader(file)}


def test_records_are_joined_that_nobody_labelled(tmp_path: Path):
    out = tmp_path / "clusters.csv"
    result = run(FAKE, "--out", out, "--truth", "cluster", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["records"] == len(clusters(out)) == 1000
    assert told["measured"]["precision"] > 0.97
    assert told["measured"]["f1"] > 0.95
    assert "first name from 'first_name'" in told["says"][0]


def test_files_of_two_kinds_are_linked_within_and_across(tmp_path: Path):
    left = written(tmp_path / "school.csv", [*crowd(), AMARA])
    right = tmp_path / "health.parquet"
    duckdb.sql("""select 'h1' as id, 'OKAFOR' as surname, 'Amara ' as first_name, date '2012-05-10' as dob,
                  'l369ux' as postcode""").write_parquet(str(right))
    out = tmp_path / "clusters.csv"
    result = run(left, right, "--out", out, "--json")
    assert result.exit_code == 0
    found = clusters(out)
    assert found["h1"] == found["s1"]
    assert found["a0"] == found["b0"] != found["a1"]
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert {row["file"] for row in rows} == {"school.csv", "health.parquet"}
    assert [row["record"] for row in rows[:2]] == ["a0", "b0"]


def test_columns_can_be_named(tmp_path: Path):
    file = written(tmp_path / "a.csv", crowd(), ["key", "x1", "x2", "x3", "x4", "x5"])
    out = tmp_path / "clusters.csv"
    refused = run(file, "--out", out)
    assert (refused.exit_code, out.exists()) == (1, False)
    assert "No column of a.csv says whom a record is about" in refused.stderr
    named = [word for pair in ("given=x1", "family=x2", "born=x3", "postcode=x4") for word in ("--columns", pair)]
    assert run(file, "--out", out, *named).exit_code == 0
    assert clusters(out)["a0"] == clusters(out)["b0"]


def test_a_model_that_was_kept_gives_the_same_again(tmp_path: Path):
    file, out, again = written(tmp_path / "a.csv", crowd()), tmp_path / "1.csv", tmp_path / "2.csv"
    model = tmp_path / "model.json"
    assert run(file, "--out", out, "--keep-model", model).exit_code == 0
    assert run(file, "--out", again, "--model", model).exit_code == 0
    assert out.read_text() == again.read_text()
    assert not any(name in model.read_text() for row in crowd() for name in row[1:3])


def test_two_valid_numbers_are_two_persons(tmp_path: Path):
    rows = [*crowd(), ["s1", *AMARA[1:5], "943 476 5919"], ["s2", *AMARA[1:5], "943 476 5870"]]
    out = tmp_path / "clusters.csv"
    result = run(written(tmp_path / "a.csv", rows), "--out", out)
    assert clusters(out)["s1"] != clusters(out)["s2"]
    assert "two valid numbers" in result.stdout


def test_twins_can_be_kept_apart(tmp_path: Path):
    twins = [["t1", "Yusuf", "Warsame", "2013-02-03", "M14 5TQ", ""], ["t2", "Zakariya", *["Warsame", "2013-02-03"],
             "M14 5TQ", ""]]
    out = tmp_path / "clusters.csv"
    assert run(written(tmp_path / "a.csv", [*crowd(), *twins]), "--out", out, "--twins-apart").exit_code == 0
    assert clusters(out)["t1"] != clusters(out)["t2"]


@pytest.mark.parametrize(("name", "content", "words"), [
    ("a.csv", b"", "a.csv is not there, or there is nothing in it."),
    ("a.csv", b"first_name,surname\n", "a.csv has headings but no record."),
    ("a.parquet", b"this is no Parquet", "a.parquet cannot be read as Parquet."),
    ("a.csv", b"\x00\xff\xfe\x00\x01" * 50, "a.csv"),
])
def test_what_cannot_be_read_is_refused_and_nothing_is_written(tmp_path: Path, name: str, content: bytes, words: str):
    (tmp_path / name).write_bytes(content)
    result = run(tmp_path / name, "--out", tmp_path / "clusters.csv")
    assert result.exit_code == 1
    assert words in result.stderr
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_a_file_that_is_not_there_is_refused_and_so_is_an_output_that_is_read(tmp_path: Path):
    file = written(tmp_path / "a.csv", crowd())
    before = file.read_text()
    assert "is not there" in run(tmp_path / "b.csv", "--out", tmp_path / "c.csv").stderr
    assert "one of the files that are read" in run(file, "--out", file).stderr
    assert "Nothing can be written" in run(file, "--out", tmp_path / "no" / "c.csv").stderr
    assert "is a folder" in run(file, "--out", tmp_path).stderr
    assert file.read_text() == before


def test_empty_records_stay_alone_and_it_is_said(tmp_path: Path):
    rows = [*crowd(), *([f"e{i}", "", "unknown", "", "", ""] for i in range(50))]
    out = tmp_path / "clusters.csv"
    result = run(written(tmp_path / "a.csv", rows), "--out", out)
    found = clusters(out)
    assert len({found[f"e{i}"] for i in range(50)}) == 50
    assert "50 records tell nothing that is compared: each stays alone." in result.stdout


def test_nothing_but_empty_records_are_refused(tmp_path: Path):
    out = tmp_path / "clusters.csv"
    result = run(written(tmp_path / "a.csv", [[f"e{i}", *[""] * 5] for i in range(20)]), "--out", out)
    assert (result.exit_code, out.exists()) == (1, False)
    assert "No record of these files tells anything of a person" in result.stderr


@pytest.mark.parametrize("rows", [
    [AMARA], [AMARA, AMARA], [["1", "Amara", *[""] * 4], ["2", "Amara", *[""] * 4]],
    [AMARA, ["2", "Beth", "Lindley", "1990-01-01", "SW1A 1AA", ""]],
    [AMARA, ["2", "", "", "1990-01-01", "", ""], ["3", "", "", "", "SW1A 1AA", ""]],
])
def test_a_handful_of_records_is_too_little_to_fail(tmp_path: Path, rows: list[list[str]]):
    out = tmp_path / "clusters.csv"
    result = run(written(tmp_path / "a.csv", rows), "--out", out)
    assert (result.exit_code, len(out.read_text().splitlines())) == (0, 1 + len(rows)), result.stderr


def test_one_name_on_100_000_records_takes_bounded_time_and_makes_no_crowd(tmp_path: Path):
    random = Random(8)
    days = [f"{2000 + i % 18}-{1 + i % 12:02d}-{1 + i % 28:02d}" for i in range(252)]
    homes = [f"M{1 + i % 39} {i % 10}{'ABDEFGHJLN'[i % 7]}{'ABDEFGHJLN'[i % 9]}" for i in range(20_000)]
    rows = [[f"n{i}", "Jo", "Smith", random.choice(days), random.choice(homes), ""] for i in range(100_000)]
    out = tmp_path / "clusters.csv"
    began = time.monotonic()
    result = run(written(tmp_path / "a.csv", [*crowd(), *rows]), "--out", out, "--json")
    assert time.monotonic() - began < 30
    told = json.loads(result.stdout)
    assert told["records"] == 100_160
    sizes: dict[str, int] = {}
    for cluster in clusters(out).values():
        sizes[cluster] = sizes.get(cluster, 0) + 1
    assert max(sizes.values()) <= 200
    assert any(words in one for one in told["says"] for words in ("share one value", "would be one person"))


def test_a_flood_of_one_record_is_no_person(tmp_path: Path):
    rows = [[f"n{i}", *AMARA[1:]] for i in range(5_000)]
    out = tmp_path / "clusters.csv"
    result = run(written(tmp_path / "a.csv", [*crowd(), *rows]), "--out", out)
    found = clusters(out)
    assert len({found[f"n{i}"] for i in range(5_000)}) == 5_000
    assert "5,000 records say the same as others" in result.stdout


def test_a_record_without_an_id_is_called_by_its_line_in_a_large_file(tmp_path: Path):
    file, out = tmp_path / "a.parquet", tmp_path / "clusters.csv"
    duckdb.sql("""select 'n' || (i * 7919 % 300007) as surname, cast(i as varchar) as given from range(300000) as t(i)
                  order by i""").write_parquet(str(file), row_group_size=20_000)
    assert run(file, "--out", out, "--columns", "number=given").exit_code == 0
    lines = out.read_text().splitlines()[1:]
    assert lines == [f"a.parquet,{i + 1},{i + 1}" for i in range(300_000)]


def test_who_is_killed_half_way_leaves_no_half_written_output(tmp_path: Path):
    rows = [[f"n{i}", f"Name{i % 977}", f"Other{i % 1009}", f"{2000 + i % 18}-0{1 + i % 9}-11", "", ""]
            for i in range(150_000)]
    file, out = written(tmp_path / "a.csv", rows), tmp_path / "clusters.csv"
    out.write_text("what was there before")
    process = subprocess.Popen([sys.executable, "-c", "from sightline.interfaces.cli.main import main; main()", "link",
                                str(file), "--out", str(out)], stdout=subprocess.DEVNULL)
    while not list(tmp_path.glob(".sightline-link-*")):
        time.sleep(0.01)
        assert process.poll() is None
    time.sleep(0.5)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert out.read_text() == "what was there before"
    assert list(tmp_path.glob(".sightline-link-*"))
    small = written(tmp_path / "b.csv", crowd())
    assert run(small, "--out", tmp_path / "clusters.csv").exit_code == 0
    assert not list(tmp_path.glob(".sightline-link-*"))
