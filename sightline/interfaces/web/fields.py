"""Turn a bound field of a Django form into the component that shows it and what that component takes.

The widget decides the component, so that a form says what it asks and the page only where. `DayField` asks for a day
as people know it, in three boxes: a calendar that pops up has failed people with keyboards and screen readers.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from sightline.domain.intake.values import EARLIEST_YEAR, LATEST_YEAR

WIDTHS = {"year": 4, "time": 5}


class DayWidget(forms.MultiWidget):
    """Ask for day, month and year in three boxes."""

    parts = ("day", "month", "year")

    def __init__(self) -> None:
        super().__init__({part: forms.TextInput() for part in self.parts})

    def decompress(self, value: object) -> list[str]:
        """Split a day into what stands in the boxes."""
        return [str(value.day), str(value.month), str(value.year)] if isinstance(value, date) else ["", "", ""]


class DayField(forms.MultiValueField):
    """Hold a day; what is no day is refused in words that say what to enter.

    A year of two figures is no year: nobody can tell which century is meant. Years are bounded as in files.
    """

    widget = DayWidget

    def __init__(self, *, label: str, help_text: str = "For example, 27 3 2011", required: bool = True) -> None:
        super().__init__(
            fields=[forms.CharField(max_length=4) for _ in DayWidget.parts],
            label=label,
            help_text=help_text,
            required=required,
            require_all_fields=False,
            error_messages={"incomplete": f"{label} must have a day, a month and a year"},
        )

    def compress(self, data_list: Sequence[str]) -> date | None:
        """Join the three boxes into a day, or say that it is none."""
        if not data_list:
            return None
        try:
            day, month, year = (int(part) for part in data_list)
            return date(year if EARLIEST_YEAR <= year <= LATEST_YEAR else 0, month, day)
        except ValueError:
            raise forms.ValidationError(f"{self.label} must be a real day, such as 27 3 2011") from None


def component(
    bound: BoundField,
    *,
    words: str,
    hint: str | None,
    classes: str,
    size: str,
    rows: int,
    hints: Mapping[str, str],
    value: str | None,
) -> tuple[str, dict[str, Any]]:
    """Give the name of the component for a field and the parameters that it takes.

    `words` and `hint` replace the form's own label and help where they are given; `value` fills a form that was not
    sent yet; `hints` gives the hint of a choice by its value.
    """
    widget = bound.field.widget
    kind = _kind(widget)
    label = words or str(bound.label)
    params: dict[str, Any] = {
        "id": bound.id_for_label or bound.auto_id,
        "idPrefix": bound.auto_id,
        "name": bound.html_name,
        "classes": classes,
        "label": {"text": label, "classes": f"govuk-label--{size}"},
        "fieldset": {"legend": {"text": label, "classes": f"govuk-fieldset__legend--{size}"}},
        "attributes": {},
    }
    if help_text := bound.help_text if hint is None else hint:
        params["hint"] = {"text": help_text}
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(_errors(bound, label))}
    params |= _more(kind, bound, label, rows, hints)
    return kind, params if value is None or bound.form.is_bound else params | {"value": value}


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.MultiWidget):
        return "boxes"
    if isinstance(widget, forms.Textarea):
        return "character-count" if "maxlength" in widget.attrs else "textarea"
    kind = getattr(widget, "input_type", "text")
    if kind == "checkbox":
        return "checkboxes" if isinstance(widget, forms.CheckboxSelectMultiple) else "checkbox"
    return kind if kind in ("password", "file", "select", "radio") else "input"


def _more(kind: str, bound: BoundField, label: str, rows: int, hints: Mapping[str, str]) -> dict[str, Any]:
    """Give what only some components take."""
    attrs, value = bound.field.widget.attrs, bound.value()
    if kind in ("radio", "checkboxes", "select"):
        return {"items": _items(bound, hints)}
    if kind == "checkbox":
        item = {"value": "on", "text": label, "checked": bool(value), "id": bound.id_for_label}
        return {"items": [item], "fieldset": None}
    if kind == "boxes":
        return {"items": _boxes(bound)}
    if kind == "character-count":
        return {"value": value or "", "rows": rows, "maxlength": attrs["maxlength"]}
    if kind == "textarea":
        return {"value": value or "", "rows": rows, "spellcheck": True}
    more = {"value": value if kind == "input" and value is not None else "", "autocomplete": attrs.get("autocomplete")}
    if kind == "input":
        input_type = getattr(bound.field.widget, "input_type", "text")
        more |= {"type": input_type, "inputmode": attrs.get("inputmode"), "spellcheck": False}
    return more


def _items(bound: BoundField, hints: Mapping[str, str]) -> list[dict[str, Any]]:
    value = bound.value()
    chosen = {str(one) for one in value} if isinstance(value, list | tuple | set) else {str(value)}
    choices = [(str(key), words) for key, words in getattr(bound.field, "choices", ())]
    return [
        {
            "value": key,
            "text": words,
            "checked": key in chosen,
            "selected": key in chosen,
            **({"hint": {"text": hints[key]}} if key in hints else {}),
        }
        for key, words in choices
    ]


def _boxes(bound: BoundField) -> list[dict[str, Any]]:
    """Give the boxes of a day or a moment."""
    widget, value = bound.field.widget, bound.value()
    assert isinstance(widget, forms.MultiWidget)
    parts = getattr(widget, "parts", DayWidget.parts)
    shown = value if isinstance(value, list) else widget.decompress(value) or [""] * len(parts)
    wrong = " govuk-input--error" if bound.errors else ""
    return [
        {
            "name": f"{bound.html_name}_{part}",
            "id": f"{bound.auto_id}_{part}",
            "label": part.capitalize(),
            "classes": f"govuk-input--width-{WIDTHS.get(part, 2)}{wrong}",
            "value": written or "",
            "inputmode": "text" if part == "time" else "numeric",
            "autocomplete": None,
        }
        for part, written in zip(parts, shown, strict=True)
    ]


def problems(form: forms.BaseForm, words: Mapping[str, str]) -> list[dict[str, str]]:
    """List what is wrong with a form, each with the address of its field, for the summary at the top of the page.

    `words` gives our label of a field by its name, where the form's own is not shown.
    """
    if not form.is_bound:
        return []
    visible = [form[name] for name in form.fields if not form[name].is_hidden]
    first = f"#{_first_id(visible[0])}" if visible else ""
    found = [{"text": str(error), "href": first} for error in form.non_field_errors()]
    for bound in form:
        address = "" if bound.is_hidden else f"#{_first_id(bound)}"
        label = words.get(bound.name, str(bound.label))
        found += [{"text": error, "href": address} for error in _errors(bound, label)]
    return found


def _errors(bound: BoundField, label: str) -> list[str]:
    """Say what is wrong with a field; where a form only says "required", name what is missing."""
    bare = forms.Field.default_error_messages["required"]
    missing = f"Enter the {label[:1].lower()}{label[1:]}"
    return [missing if error == bare else str(error) for error in bound.errors]


def _first_id(bound: BoundField) -> str:
    """Give the id of the first control of a field: of a group, the first of its boxes."""
    kind = _kind(bound.field.widget)
    return f"{bound.auto_id}_day" if kind == "boxes" else (bound.auto_id or bound.html_name)
