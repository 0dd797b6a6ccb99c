"""The public rule book: signs, duties, responsibility and gateways, with their sources and what was verified."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.apps.signs.measuring import measured
from sightline.apps.signs.said import switched_off
from sightline.domain.disclosure.gateways import GATEWAYS
from sightline.domain.duties.catalogue import RULES as DUTIES
from sightline.domain.duties.catalogue import rules_of
from sightline.domain.duties.catalogue.sources import SOURCES
from sightline.domain.duties.danger import CLASSES
from sightline.domain.duties.rule import DutyRule, first_sentence
from sightline.domain.responsibility.rules import NOTES
from sightline.domain.responsibility.rules import RULES as RESPONSIBILITY
from sightline.domain.signs.against import looked_for
from sightline.domain.signs.catalogue import RULES as SIGNS
from sightline.domain.signs.kept import may_be_switched_off
from sightline.domain.signs.settable import bounds_of
from sightline.domain.vocabulary.duty import Part
from sightline.domain.vocabulary.kinds import KINDS
from sightline.interfaces.web.child.beside import below_words, how_often
from sightline.interfaces.web.rules.cases import cases_of, sign_cases_of
from sightline.interfaces.web.rules.searching import STATES, filters, found, read_asked, state_of, when_words
from sightline.interfaces.web.rules.signs import found_signs, kinds_read, read_asked_signs, sign_filters, who_sees

ACCOMMODATION = r"Children Act 1989 s.21(2)\1; in Wales Social Services and Well-being (Wales) Act 2014 s.77(2)\1"


def rule_book(request: HttpRequest) -> HttpResponse:
    """List the parts of the rule book; anybody may read it."""
    return render(request, "rules/rules.html", {"signs": len(SIGNS), "classes": CLASSES, "number": len(DUTIES)})


def duties(request: HttpRequest) -> HttpResponse:
    """List the duties that were asked for, and how many they are."""
    asked = read_asked(request.GET.dict())
    rows = found(asked)
    return render(request, "rules/duties.html", {
        "asked": asked, "rules": [(rule, state_of(rule), when_words(rule)) for rule in rows], "filters": filters(asked),
        "number": len(rows), "all": len(DUTIES), "states": STATES})


def signs(request: HttpRequest) -> HttpResponse:
    """List the warning signs that were asked for, and how many they are."""
    asked = read_asked_signs(request.GET.dict())
    return render(request, "rules/signs.html", {
        "asked": asked, "rules": [(rule, who_sees(rule)) for rule in found_signs(asked)],
        "filters": sign_filters(asked), "all": len(SIGNS)})


def one_sign(request: HttpRequest, code: str) -> HttpResponse:
    """Show one sign with everything that is known of it."""
    rule = next((rule for rule in SIGNS if rule.code == code), None)
    if rule is None:
        raise Http404
    acting = getattr(request, "acting", None)
    told = measured(area=acting.agency, codes=[code]) if acting else []
    off = switched_off([acting.agency], at=request.at).get(acting.agency, {}).get(code) if acting else None  # type: ignore[attr-defined]
    return render(request, "rules/sign.html", {
        "rule": rule, "sees": who_sees(rule), "reads": kinds_read(rule),
        "duties": [rules_of(code)[-1] for code in rule.duties], "cases": sign_cases_of(code),
        "at_work": acting is not None, "measured": [how_often(one) for one in told], "off": off,
        "below": below_words(one for one in told if one.below_floor), "looked_for": looked_for(code),
        "numbers": list(bounds_of(rule.numbers)), "switchable": may_be_switched_off(rule)})


def one_duty(request: HttpRequest, code: str) -> HttpResponse:
    """Show one duty with its law, its clock, what starts and meets it, and the cases that hold it."""
    rules = rules_of(code)
    if not rules:
        raise Http404
    rule = rules[-1]
    return render(request, "rules/duty.html", {
        "rule": rule, "earlier": rules[:-1], "state": state_of(rule), "rows": _rows(rule), "cases": cases_of(code)})


def responsibility(request: HttpRequest) -> HttpResponse:
    """List the rules by which exactly one organisation protects a child now, in the order in which they are tried."""
    rules = [(rule, first_sentence(rule.holds), first_sentence(rule.answers),
              re.sub(r"\{accommodation\}(\(\w\))?", ACCOMMODATION, "; ".join(rule.authority)))
             for rule in RESPONSIBILITY]
    known = {rule.code for rule in RESPONSIBILITY}
    notes = [(note, first_sentence(note.holds)) for note in NOTES if note.code not in known]
    return render(request, "rules/responsibility.html", {"rules": rules, "notes": notes})


def gateways(request: HttpRequest) -> HttpResponse:
    """List the laws by which one agency may tell another something of a child."""
    return render(request, "rules/gateways.html", {"gateways": GATEWAYS})


def _rows(rule: DutyRule) -> list[tuple[str, str]]:
    other = rule.owed_by_if_looked_after
    owed_to = ", ".join(part.value if isinstance(part, Part) else part for part in rule.owed_to)
    rows = [("Owed by", rule.owed_by.value + (f"; if the child is looked after, {other.value}" if other else "")),
            ("Owed to", owed_to), ("By when", when_words(rule))]
    if rule.starts:
        rows += [("Starts with", f"{_kinds(rule.started_by) or 'A reading of signs'}. {first_sentence(rule.when)}")]
        if rule.counting is not None:
            rows += [("Counted", first_sentence(rule.counting))]
        rows += [("Met by", f"{_kinds(rule.met_by)}. {first_sentence(rule.met_when)}")]
        rows += [("Ended by", f"{_kinds(end.by)}. {first_sentence(end.when)}") for end in rule.endings]
    rows += [("By which law", rule.authority), ("Read in", "; ".join(SOURCES[key] for key in rule.sources))]
    return rows + ([("To be recorded", "; ".join(rule.evidence))] if rule.evidence else [])


def _kinds(kinds: tuple[str, ...]) -> str:
    titles = dict.fromkeys(KINDS[kind].title for kind in kinds)
    return "; or ".join(titles)
