"""Lead from the code of a rule, wherever a page shows one, to the page that says the rule in full."""

import re
from functools import cache

from django.urls import reverse
from markupsafe import Markup, escape

from sightline.domain.disclosure.gateways import BY_CODE as GATEWAYS
from sightline.domain.duties.catalogue import RULES as DUTIES
from sightline.domain.responsibility.rules import NOTES
from sightline.domain.responsibility.rules import RULES as RESPONSIBILITY
from sightline.domain.signs.catalogue import BY_CODE as SIGNS

_QUOTED = re.compile(r" \(([A-Z]\d\d)\)")
_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')


def anchor_of(code: str) -> str:
    """Give the id that a rule has on a page with several: its code, without a slash."""
    return code.replace("/", "-")


def address_of(code: str) -> str | None:
    """Give the address at which the rule of a code is said in full: a sign, a duty, who is responsible, a gateway."""
    if code in SIGNS:
        return reverse("sign_rule", args=[code])
    if code in _duties():
        return reverse("duty_rule", args=[code])
    if code in _responsibility():
        return f"{reverse('responsibility_rules')}#{anchor_of(code)}"
    return f"{reverse('gateways')}#{anchor_of(code)}" if code in GATEWAYS else None


def rule_link(code: str, words: str = "") -> Markup:
    """Show a code, or the words given for it, as a link to its rule; a code of an earlier edition stays text."""
    address = address_of(code)
    return escape(words or code) if address is None else _LINK.format(address, words or code)


def linked(text: str) -> Markup:
    """Show a text with every code in it that is known as a link to its rule; all else is escaped."""
    parts, at = [], 0
    for found in _pattern().finditer(text):
        parts += [escape(text[at:found.start()]), rule_link(found[0])]
        at = found.end()
    return Markup("").join([*parts, escape(text[at:])])


def quoted(text: str) -> tuple[str, Markup]:
    """Part a reason, which is a link itself, from the links of the signs that it quotes in brackets."""
    codes = dict.fromkeys(code for code in _QUOTED.findall(text) if code in SIGNS)
    words = _QUOTED.sub(lambda found: "" if found[1] in SIGNS else found[0], text)
    return words, Markup(", ").join(rule_link(code) for code in codes)


@cache
def _duties() -> frozenset[str]:
    return frozenset(rule.code for rule in DUTIES)


@cache
def _responsibility() -> frozenset[str]:
    return frozenset((*(rule.code for rule in RESPONSIBILITY), *(note.code for note in NOTES)))


@cache
def _pattern() -> re.Pattern[str]:
    """Give the pattern of all codes, the longer first, each as a word of its own."""
    codes = sorted({*SIGNS, *_duties(), *_responsibility(), *GATEWAYS}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, codes))})(?![\w-])")
