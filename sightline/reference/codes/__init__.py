"""The code lists of the national returns, as files with the source of every label beside it."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_HERE = files(__name__)


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((_HERE / name).read_text(encoding="utf-8"), newline="")))


@cache
def exclusion_reasons() -> Mapping[str, str]:
    """Give the reason codes of exclusions and suspensions with their labels; a label not found is empty."""
    return MappingProxyType({row["code"]: row["label"] for row in _rows("suspension_exclusion_reasons.csv")})


@cache
def special_need_types() -> Mapping[str, str]:
    """Give the types of special educational need of the School Census with their labels."""
    return MappingProxyType({row["code"]: row["label"] for row in _rows("special_need_types.csv")})


@cache
def attendance_groups() -> Mapping[str, str]:
    """Give each attendance code with the group in which the department publishes it."""
    return MappingProxyType({row["code"]: row["group"] for row in _rows("attendance_codes.csv")})


@cache
def ssda903_codes(field: str) -> Mapping[str, str]:
    """Give the codes of a field of the looked-after children return with their labels; a label not found is empty."""
    rows = _rows("ssda903_codes.csv")
    return MappingProxyType({row["code"]: row["label"] for row in rows if row["field"] == field})


@cache
def cin_codes(name: str) -> Mapping[str, str]:
    """Give the codes of a list of the children in need census with their labels."""
    return MappingProxyType({row["code"]: row["label"] for row in _rows("cin_census_codes.csv") if row["list"] == name})


@dataclass(frozen=True, slots=True)
class FormField:
    """Hold a field of a form: its label (empty where the form has none), and its options, each with its words."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


@cache
def referral_form_fields() -> Mapping[str, FormField]:
    """Give the fields of the Home Office's form for a referral to the National Referral Mechanism, by name."""
    return MappingProxyType({row["field"]: FormField(row["field"], row["label"], _options(row["options"]))
                             for row in _rows("nrm_referral_form_fields.csv")})


def _options(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (one.partition("=") for one in text.split("|") if one)
    return tuple((value, words) for value, _, words in pairs if value != "none_selected")


def cin_schema() -> bytes:
    """Give the schema (XSD) of the children in need census."""
    return (_HERE / "cin_census_2026.xsd").read_bytes()
