"""No page, message or e-mail of allauth is shown in its own words and look, whatever is added to it later."""

import ast
from pathlib import Path

import allauth
import pytest
from django.template.loader import get_template
from django.urls import get_resolver

from sightline.config.web_settings import WEB

HERE = WEB / "templates"
PACKAGE = Path(allauth.__file__).parent
# Sign-up is closed, so its form has no page; the rest belongs to features that are switched off.
NEVER_SHOWN = {"account/signup.html"}


def views():
    """Give the views of signing in, with their names."""
    for name, pattern in _patterns():
        yield name, pattern.callback.view_class


def _patterns():
    for prefix in get_resolver().url_patterns:
        for pattern in getattr(prefix, "url_patterns", ()):
            if pattern.name and not pattern.name.startswith("look"):
                yield pattern.name, pattern


@pytest.mark.parametrize(("name", "view"), list(views()), ids=lambda value: value if isinstance(value, str) else "")
def test_each_address_shows_a_page_of_ours(name, view):
    shown = {getattr(view, "template_name", None), getattr(view, "template_name_signup_closed", None)} - {None}
    for template in shown - NEVER_SHOWN:
        assert Path(get_template(template).origin.name).is_relative_to(HERE), template


def _messages():
    """Find the texts that the parts of allauth which we use send or show, by reading its source."""
    used = ["account/internal/flows", "account/adapter.py", "mfa", "usersessions"]
    for part in used:
        path = PACKAGE / part
        for file in [path] if path.suffix else sorted(path.rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    if node.value.endswith(".txt") and "/messages/" in node.value:
                        yield node.value
                    elif "/email/" in node.value and " " not in node.value and node.value.count("/") == 2:
                        yield from (f"{node.value}_subject.txt", f"{node.value}_message.txt")


SWITCHED_OFF = ("email_confirm", "login_code", "password_reset_code", "account_already_exists", "email_changed",
                "email_deleted", "unknown_account", "phone", "cannot_delete", "primary_email", "email_confirmation")


def test_each_message_is_in_our_words():
    wanted = {text for text in _messages() if not any(part in text for part in SWITCHED_OFF)}
    assert len(wanted) > 15
    for text in wanted:
        assert (HERE / text).is_file(), f"{text} would be shown in allauth's words"
