"""Describe a row as a class, so that what is documented of a column and how it is read cannot drift apart."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, StringConstraints, TypeAdapter, ValidationError
from pydantic.config import JsonDict

from sightline.domain.intake.feed import Column
from sightline.domain.intake.problem import Problem
from sightline.domain.intake.values import (
    Unreadable,
    read_day,
    read_instant,
    read_list,
    read_moment_told,
    read_name,
    read_number,
    read_yes_no,
)
from sightline.domain.vocabulary.moment import Moment

LONGEST_TEXT = 500

Text = Annotated[str | None, StringConstraints(max_length=LONGEST_TEXT)]
Name = Annotated[str | None, PlainValidator(read_name)]
Day = Annotated[date | None, PlainValidator(read_day)]
Instant = Annotated[datetime | None, PlainValidator(read_instant)]
When = Annotated[Moment | None, PlainValidator(read_moment_told)]
YesNo = Annotated[bool | None, PlainValidator(read_yes_no)]
Number = Annotated[int | float | None, PlainValidator(read_number)]
Items = Annotated[tuple[str, ...], PlainValidator(read_list)]

NeededText = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
NeededDay = Annotated[date, PlainValidator(read_day)]
NeededInstant = Annotated[datetime, PlainValidator(read_instant)]
NeededWhen = Annotated[Moment, PlainValidator(read_moment_told)]
"""Needed columns have a value whenever a row is told; while faults are looked for they may still be None."""

FORMS = {
    read_name: "text",
    read_day: "day, 31/12/2025 or 2025-12-31",
    read_instant: "date and time: 2026-05-10T23:15:00+01:00, or 10/05/2026 23:15 as clocks in the UK show it",
    read_moment_told: "date and time as above, or a day alone where only the day is known",
    read_yes_no: "yes or no",
    read_number: "number",
    read_list: "list, items separated by semicolons",
}

Need = tuple[tuple[str, ...], ...]
"""What a row must tell: one of these groups of columns, whole."""


class Row(BaseModel):
    """Hold one row as read: a value that was not told is None."""

    model_config = ConfigDict(extra="ignore")


R = TypeVar("R", bound=Row)


def column(
    means: str, *, becomes: str = "", form: str | None = None, name: str | None = None, absent: Any = None
) -> Any:
    """Describe a column: what it means, what it becomes, in which form it is written, and its name in the file."""
    extra: JsonDict = {"form": form, "becomes": becomes or "kept with the source row only"}
    return Field(default=absent, alias=name, description=means, json_schema_extra=extra)


def columns_of(model: type[Row], needs: Iterable[Need]) -> tuple[Column, ...]:
    """Give the columns of a row for the documentation."""
    always = {names[0] for need in needs if len(need) == 1 for names in need if len(names) == 1}
    return tuple(
        Column(
            name=field.alias or name,
            means=field.description or "",
            format=_form_of(field),
            required=(field.alias or name) in always,
            becomes=str(_extra(field)["becomes"]),
        )
        for name, field in model.model_fields.items()
    )


def _extra(field: Any) -> Mapping[str, Any]:
    extra: Mapping[str, Any] = field.json_schema_extra
    return extra


def _form_of(field: Any) -> str:
    told = _extra(field)["form"]
    if told:
        return str(told)
    readers = [entry.func for entry in field.metadata if isinstance(entry, PlainValidator)]
    return FORMS[readers[0]] if readers else "text"


class RowReader(Generic[R]):
    """Read the cells of a row into its class; made once a file, so that nothing is compiled per row."""

    def __init__(self, model: type[R], needs: tuple[Need, ...]) -> None:
        self.model = model
        self.needs = tuple((need, tuple(frozenset(names) for names in need)) for need in needs)
        self._always = frozenset(names[0] for need in needs if len(need) == 1 for names in need if len(names) == 1)
        self._choices = tuple(groups for _, groups in self.needs if len(groups) > 1)
        self._validate = model.__pydantic_validator__.validate_python
        self._names = {field.alias or name: name for name, field in model.model_fields.items()}
        self._single: dict[str, TypeAdapter[Any]] = {}

    def read(self, cells: dict[str, str]) -> tuple[R, tuple[Problem, ...]]:
        """Read cells (column to text, no empty ones); what cannot be read is a problem and None in the row."""
        missing = self._missing(cells)
        try:
            return self._validate(cells), missing
        except ValidationError:
            return self._read_singly(cells, missing)

    def _missing(self, cells: dict[str, str]) -> tuple[Problem, ...]:
        told = cells.keys()
        if self._always <= told:
            for groups in self._choices:
                for group in groups:
                    if group <= told:
                        break
                else:
                    break
            else:
                return ()
        return tuple(_missing(need) for need, groups in self.needs if not any(group <= told for group in groups))

    def _read_singly(self, cells: dict[str, str], missing: tuple[Problem, ...]) -> tuple[R, tuple[Problem, ...]]:
        """Read each cell by itself to find all that is wrong, and keep what can be read."""
        values: dict[str, Any] = dict.fromkeys(self._names.values())
        problems: list[Problem] = []
        told: set[str] = set()
        for column_name, name in self._names.items():
            if column_name not in cells:
                continue
            told.add(name)
            try:
                values[name] = self._adapter(name).validate_python(cells[column_name])
            except ValidationError as error:
                problems.append(Problem(column_name, _words_of(error)))
        partial = self.model.model_construct(_fields_set=told, **values)
        return cast(R, partial), (*missing, *problems)

    def _adapter(self, name: str) -> TypeAdapter[Any]:
        if name not in self._single:
            field = self.model.model_fields[name]
            annotated: Any = Annotated[field.annotation, *field.metadata]
            self._single[name] = TypeAdapter(annotated)
        return self._single[name]


def _missing(need: Need) -> Problem:
    return Problem(need[0][0], f"This is missing. A row must tell {words_of_need(need)}.")


def words_of_need(need: Need) -> str:
    """Say a need in words: upn, or forename and surname and dob."""
    return ", or ".join(" and ".join(names) for names in need)


def _words_of(error: ValidationError) -> str:
    """Give the words of our own reader; those of the validating library are not for senders."""
    for detail in error.errors():
        cause = detail.get("ctx", {}).get("error")
        if isinstance(cause, Unreadable):
            return cause.words
        if detail["type"] == "string_too_long":
            return f"This is longer than {LONGEST_TEXT} characters."
    return "This cannot be read."
