"""Logs say what happened and where, and never what was recorded of a child."""

import logging

from sightline.config.logs import WithoutValues, logging_settings

CANARY = "Amara Okafor"


def written(message, *args, exc_info=None):
    record = logging.LogRecord("sightline", logging.ERROR, __file__, 1, message, args, exc_info)
    return WithoutValues().format(record)


def test_query_strings_are_dropped_from_every_address():
    line = written('GET %s "%s"', "/children?name=Amara+Okafor&born=2009-04-01", "http://x/y?nhs=9434765919")
    assert "/children?..." in line
    assert "Amara" not in line
    assert "9434765919" not in line


def test_an_exception_is_told_by_kind_and_place_and_not_by_its_words():
    try:
        try:
            raise ValueError(CANARY)
        except ValueError as cause:
            raise RuntimeError(f"no such child: {CANARY}") from cause
    except RuntimeError as error:
        line = written("it failed", exc_info=(type(error), error, error.__traceback__))
    assert "it failed" in line
    assert "builtins.RuntimeError" in line
    assert "builtins.ValueError" in line
    assert "test_logs.py" in line
    assert CANARY not in line


def test_an_exception_that_is_its_own_cause_ends():
    error = RuntimeError(CANARY)
    error.__cause__ = error
    assert written("x", exc_info=(RuntimeError, error, None)).count("RuntimeError") == 1


def test_our_processes_write_into_the_folder_and_others_to_standard_error(tmp_path):
    assert logging_settings("web", tmp_path)["handlers"]["only"]["filename"] == str(tmp_path / "web.log")
    assert logging_settings("web", tmp_path / "missing")["handlers"]["only"]["class"] == "logging.StreamHandler"
    assert logging_settings("backup", tmp_path)["handlers"]["only"]["level"] == "WARNING"
