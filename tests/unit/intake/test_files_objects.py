"""JSON is read as a document or line by line, bounded in size and depth."""

import io
import json

import pytest

from sightline.domain.intake.files import objects
from sightline.domain.intake.files.objects import read_object_lines, read_objects
from sightline.domain.intake.row import FileRefused


def read(content):
    content = content.encode() if isinstance(content, str) else content
    return list(read_objects(io.BytesIO(content), len(content)))


def refusal_of(content):
    with pytest.raises(FileRefused) as refused:
        read(content)
    return refused.value.because


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"a": 1}', [(1, {"a": 1})]),
        ('\ufeff{"a": "Zoë"}', [(1, {"a": "Zoë"})]),
        ('{\n "a": 1\n}', [(1, {"a": 1})]),
        ('[{"a": 1}, {"a": 2}]', [(1, {"a": 1}), (2, {"a": 2})]),
        ('[\n{"a": 1},\n{"a": 2}\n]', [(1, {"a": 1}), (2, {"a": 2})]),
        ('{"a": 1}\n\n{"a": 2}\r\n', [(1, {"a": 1}), (3, {"a": 2})]),
    ],
)
def test_one_object_a_list_and_lines_are_told_apart(content, expected):
    assert read(content) == expected


def test_a_broken_line_loses_only_itself():
    rows = read('{"a": 1}\n{"a": tru}\n[1]\n{"a": "\\u0000"}\n{"a": 2}\n')
    assert [number for number, item in rows if isinstance(item, dict)] == [1, 5]
    assert [item for _, item in rows if isinstance(item, str)] == [
        "This is no JSON: it breaks at character 10.",
        "This line is no object with keys and values, written {...}.",
        "This holds a NUL character, which no text has.",
    ]


def test_the_first_line_may_be_the_broken_one():
    rows = read('{"a": tru}\n{"a": 2}\n')
    assert [isinstance(item, dict) for _, item in rows] == [False, True]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"a": 1', "breaks at"),
        ("[1, 2", "breaks at"),
        ('{"a":\n {"b": nul}}', "breaks at line 2"),
        ('"text"', "neither an object nor a list"),
        ("[" * 100_000, "nested deeper"),
        ('{"a":' * 100 + "1" + "}" * 100, "nested deeper"),
        ('{"a": NaN}\n', "breaks at"),
        ('{"a": "\\ud800"}\n', "breaks at"),
        ('{"a": ' + "9" * 10_000 + "}\n", "breaks at"),
        ('{"a": 1e999999}\n', "larger than any number"),
        ('[{"a": [{"b": ' + "9" * 400 + ".0}]}]", "larger than any number"),
        ('{"a": "x\\u0000y"}', "NUL"),
        ('{"a": "Zoë"}'.encode("cp1252"), "UTF-8"),
        ('{"a": "Zoë"}'.encode("utf-16"), "UTF-8"),
    ],
)
def test_a_broken_document_is_refused_with_the_place(content, words):
    assert words in refusal_of(content)


def test_a_backslash_before_the_code_of_nul_is_a_backslash():
    assert read('{"a": "\\\\u0000"}') == [(1, {"a": "\\u0000"})]


def test_items_of_a_list_that_are_no_objects_are_named():
    assert read('[{"a": 1}, 2]')[1] == (2, "This is no object with keys and values.")


def test_a_document_above_the_bound_is_refused_and_lines_are_offered(monkeypatch):
    monkeypatch.setattr(objects, "LARGEST_JSON_BYTES", 100)
    assert "JSON Lines" in refusal_of(json.dumps([{"a": "x" * 200}]))
    assert len(read("\n".join([json.dumps({"a": "x" * 50})] * 5))) == 5


def test_a_line_above_a_million_bytes_is_refused():
    content = b'{"a": 1}\n{"a": "' + b"x" * 1_000_001 + b'"}\n'
    with pytest.raises(FileRefused, match="longer than"):
        list(read_object_lines(io.BytesIO(content)))
