"""No text of anybody can become markup, whichever component shows it, and a name that is missing is an error."""

import re
from pathlib import Path

import pytest
from django.template import engines
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    TemplateAssertionError,
    UndefinedError,
    nodes,
)

from sightline.config.web_settings import WEB
from sightline.interfaces.web.look import examples
from sightline.interfaces.web.look.forms import Decision
from sightline.interfaces.web.look.views import _around
from sightline.interfaces.web.templating import FILTERS, GLOBALS, MACROS

TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture
def environment():
    return engines["pages"].env


def test_a_name_that_nobody_set_is_an_error(environment):
    with pytest.raises(UndefinedError):
        environment.from_string("{{ child.name }}").render()
    with pytest.raises(UndefinedError):
        environment.from_string("{% if urgent %}now{% endif %}").render()


def test_there_is_no_filter_that_calls_a_text_safe(environment):
    with pytest.raises(TemplateAssertionError, match="safe"):
        environment.from_string("{{ name | safe }}")


COMPONENTS = {
    "button/macro.html": ("govukButton", {"html": HOSTILE}),
    "tag/macro.html": ("govukTag", {"html": HOSTILE}),
    "inset-text/macro.html": ("govukInsetText", {"html": HOSTILE}),
    "details/macro.html": ("govukDetails", {"summaryHtml": HOSTILE, "html": HOSTILE}),
    "notification-banner/macro.html": ("govukNotificationBanner", {"html": HOSTILE, "titleHtml": HOSTILE}),
    "panel/macro.html": ("govukPanel", {"titleHtml": HOSTILE, "html": HOSTILE}),
    "warning-text/macro.html": ("govukWarningText", {"html": HOSTILE}),
    "summary-list/macro.html": ("govukSummaryList", {"rows": [{"key": {"html": HOSTILE}, "value": {"html": HOSTILE}}]}),
    "table/macro.html": ("govukTable", {"rows": [[{"html": HOSTILE}]], "head": [{"html": HOSTILE}]}),
    "radios/macro.html": ("govukRadios", {"name": "n", "items": [
        {"value": "1", "html": HOSTILE, "hint": {"html": HOSTILE}, "conditional": {"html": HOSTILE}}]}),
    "checkboxes/macro.html": ("govukCheckboxes", {"name": "n", "items": [{"value": HOSTILE, "html": HOSTILE}]}),
    "input/macro.html": ("govukInput", {"name": HOSTILE, "value": HOSTILE, "label": {"html": HOSTILE},
                                        "attributes": {"data-x": HOSTILE}}),
    "error-summary/macro.html": ("govukErrorSummary", {"titleHtml": HOSTILE, "errorList": [{"html": HOSTILE}]}),
    "accordion/macro.html": ("govukAccordion", {"id": "a", "items": [
        {"heading": {"html": HOSTILE}, "content": {"html": HOSTILE}}]}),
    "tabs/macro.html": ("govukTabs", {"items": [{"label": HOSTILE, "panel": {"html": HOSTILE}}]}),
    "breadcrumbs/macro.html": ("govukBreadcrumbs", {"items": [{"html": HOSTILE, "href": HOSTILE}]}),
    "password-input/macro.html": ("govukPasswordInput", {"name": "p", "label": {"html": HOSTILE}, "value": HOSTILE}),
    "fieldset/macro.html": ("govukFieldset", {"legend": {"html": HOSTILE}, "html": HOSTILE}),
}


@pytest.mark.parametrize("file", COMPONENTS)
def test_text_that_is_given_to_a_component_as_markup_stays_text(environment, file):
    macro, given = COMPONENTS[file]
    source = f'{{% from "{MACROS}/components/{file}" import {macro} %}}{{{{ {macro}(given) }}}}'
    shown = environment.from_string(source).render(given=given)
    assert "<img" not in shown
    assert "&lt;img" in shown


def test_what_jinja_escaped_itself_passes_as_markup(environment):
    source = (
        f'{{% from "{MACROS}/components/inset-text/macro.html" import govukInsetText %}}'
        "{% set inside %}<strong>{{ name }}</strong>{% endset %}{{ govukInsetText({'html': inside}) }}"
    )
    shown = environment.from_string(source).render(name=HOSTILE)
    assert "<strong>&lt;img" in shown


@pytest.mark.parametrize("name", ["parts", "record", "list", "form"])
def test_the_guard_changes_nothing_where_the_markup_is_ours(environment, rf, name):
    """The same page with the components as they were made, with their own idea of what is safe."""
    loaders = [PrefixLoader({MACROS: PackageLoader(MACROS)}), FileSystemLoader(WEB / "templates")]
    plain = Environment(loader=ChoiceLoader(loaders), autoescape=True, undefined=ChainableUndefined)
    plain.filters |= FILTERS
    plain.globals |= GLOBALS
    form = Decision({"reasons": HOSTILE})
    form.is_valid()
    given = {
        "at": examples.AT,
        "examples": examples,
        "form": form,
        "duties": examples.DUTIES,
        "found": "5 duties",
        "shell": _around("/_look/"),
        "messages": [],
        "csrf_input": "",
        "request": rf.get("/"),
    }
    template = f"look/{name}.html"
    as_made, guarded = (re.sub(r"\s", "", env.get_template(template).render(given)) for env in (plain, environment))
    assert as_made == guarded


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_no_template_of_ours_goes_round_the_guard(environment, path: Path):
    source = path.read_text(encoding="utf-8")
    assert " style=" not in source and "<style" not in source, "put it into sightline.css: the policy refuses it here"
    assert not re.search(r"\son[a-z]+=", source), "put it into sightline.js: the policy refuses it here"
    assert not re.search(r"autoescape\s+false|\|\s*safe\b", source)
    assert not re.search(r"https?://", source), "a page loads nothing from elsewhere"
    for opening in re.findall(r"<script[^>]*>", source):
        assert "src=" in opening or 'type="application/json"' in opening, opening
    for pair in environment.parse(source).find_all(nodes.Pair):
        if isinstance(pair.key, nodes.Const) and pair.key.value == "attributes":
            assert isinstance(pair.value, nodes.Dict), "attributes given as one text would not be escaped"


def test_no_module_of_the_pages_calls_a_text_safe():
    """What builds markup does so by Markup.format, which escapes what it is given; a fixed text may be marked."""
    for path in sorted(WEB.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        assert "mark_safe" not in source, path
        for call in re.findall(r"Markup\(\s*(.)", source):
            assert call in "'\")", f"{path}: Markup() may take only a fixed text"
