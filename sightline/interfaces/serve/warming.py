"""Load every page and compile every template before the web processes part, so that nobody's first page waits for it.

It opens no connection and reads no row. What was loaded once is shared by the processes.
"""

from typing import cast

from jinja2 import Environment, meta

from sightline.interfaces.web.templating import MACROS


def warm() -> None:
    """Import all that the addresses lead to, and compile our templates with the macros that they use."""
    from django.template import engines
    from django.template.backends.jinja2 import Jinja2
    from django.urls import get_resolver

    get_resolver().reverse_dict  # noqa: B018 (asking for it makes Django go through all addresses)
    compile_templates(cast(Jinja2, engines["pages"]).env)


def compile_templates(environment: Environment) -> int:
    """Compile the environment's own templates and all that they refer to, and give how many that were."""
    seen: set[tuple[int, str]] = set()
    for name in environment.list_templates(extensions=["html"]):
        if not name.startswith(f"{MACROS}/"):
            _compile(environment, name, seen)
    return len(seen)


def _compile(environment: Environment, name: str, seen: set[tuple[int, str]]) -> None:
    """Compile one template, and what it refers to in the environment in which it runs (macros have their own)."""
    if (id(environment), name) in seen:
        return
    seen.add((id(environment), name))
    template = environment.get_template(name)
    assert environment.loader is not None
    source = environment.loader.get_source(environment, name)[0]
    for used in meta.find_referenced_templates(environment.parse(source)):
        if used is not None:
            _compile(template.environment, used, seen)
