"""The public rule book: every sign and every duty, with its source, whether it was verified, and what it is not."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.domain.duties.catalogue import RULES as DUTIES
from sightline.domain.duties.catalogue import rules_of
from sightline.domain.duties.danger import CLASSES
from sightline.domain.duties.rule import first_sentence
from sightline.domain.signs.catalogue import RULES as SIGNS


def rule_book(request: HttpRequest) -> HttpResponse:
    """List all signs and duties; anybody may read it."""
    return render(request, "rules/rules.html", {"signs": SIGNS, "duties": DUTIES, "classes": CLASSES})


def one_sign(request: HttpRequest, code: str) -> HttpResponse:
    """Show one sign with everything that is known of it."""
    rule = next((rule for rule in SIGNS if rule.code == code), None)
    if rule is None:
        raise Http404
    return render(request, "rules/sign.html", {"rule": rule})


def one_duty(request: HttpRequest, code: str) -> HttpResponse:
    """Show one duty with its law, its clock and what meets it."""
    rules = rules_of(code)
    if not rules:
        raise Http404
    return render(request, "rules/duty.html", {"rule": rules[-1], "earlier": rules[:-1],
                                               "starts": first_sentence(rules[-1].when),
                                               "meets": first_sentence(rules[-1].met_when)})
