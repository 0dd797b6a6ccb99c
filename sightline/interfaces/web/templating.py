"""The Jinja environment of our pages: strict, escaping, and without a way to call a text safe.

Three environments share filters and globals. Ours raises at a name that nobody set. The macros of GOV.UK Frontend ask
for names that are missing, so they run in one where missing is falsy; they also mark what they get under `html` as
safe, so there `safe` lets pass only what Jinja itself escaped (a `set` block or a macro's result) and escapes all
else. Two of their files build attributes as text and keep the ordinary `safe`: they escape each value themselves.
"""

from collections.abc import Callable, MutableMapping
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    Undefined,
)
from markupsafe import Markup, escape

from sightline.domain.vocabulary.moment import Moment, write_moment
from sightline.interfaces.web import absence, fields, moments
from sightline.interfaces.web.rules import linking
from sightline.interfaces.web.sign_in import words

MACROS = "govuk_frontend_jinja"
BUILD_ATTRIBUTES = frozenset({"macros/attributes.html", "components/password-input/macro.html"})


def environment(*, loader: BaseLoader, autoescape: bool, auto_reload: bool, undefined: type[Undefined]) -> Environment:
    """Make the environment from what Django's Jinja2 engine passes.

    What it says of escaping and of missing names does not count: we always escape, and a missing name is an error.
    """
    env = Environment(
        loader=ChoiceLoader([PrefixLoader({MACROS: MacroLoader()}), loader]),
        autoescape=True,
        auto_reload=auto_reload,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    del env.filters["safe"]
    env.filters.update(FILTERS)
    env.globals.update(GLOBALS)
    return env


class MacroLoader(PackageLoader):
    """Load the macros of GOV.UK Frontend into environments of their own."""

    def __init__(self) -> None:
        super().__init__(MACROS)
        self._environments: dict[bool, Environment] = {}

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        """Load one macro file: lenient with missing names, and not fooled by what is called html."""
        return super().load(self._environment_for(name, environment), name, globals)

    def _environment_for(self, name: str, ours: Environment) -> Environment:
        builds = name in BUILD_ATTRIBUTES
        if builds not in self._environments:
            made = ours.overlay(undefined=ChainableUndefined, trim_blocks=False, lstrip_blocks=False)
            made.filters = {**ours.filters, "safe": Markup if builds else only_escaped}
            self._environments[builds] = made
        return self._environments[builds]


def only_escaped(value: object) -> Markup:
    """Pass on what is markup already; escape everything else."""
    return escape(value)


def url(name: str, *parts: object) -> str:
    """Give the address of a page by its name."""
    return reverse(name, args=parts)


def time_tag(moment: Moment) -> Markup:
    """Show a day or an instant as a time element."""
    return Markup('<time datetime="{}">{}</time>').format(write_moment(moment), moments.moment_in_words(moment))


FILTERS: dict[str, Callable[..., Any]] = {
    "age": moments.age_in_words,
    "clock": moments.clock_in_words,
    "day": moments.day_in_words,
    "limit": moments.limit_in_words,
    "moment": moments.moment_in_words,
    "time": time_tag,
    "said": absence.said,
    "browser": words.browser_in_words,
    "fours": words.in_fours,
    "linked": linking.linked,
    "quoted": linking.quoted,
}

GLOBALS: dict[str, Any] = {
    "component": fields.component,
    "counted": moments.counted,
    "empty": absence.empty,
    "anchor_of": linking.anchor_of,
    "json_script": json_script,
    "problems": fields.problems,
    "rule_link": linking.rule_link,
    "sign_in_words": words.FIELD_WORDS,
    "static": static,
    "unknown": absence.unknown,
    "url": url,
}
