"""See how often each sign was right, here and in the own area, and switch one off that is below its floor."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sightline.apps.signs.measuring import SwitchFacts, SwitchRefused, measured, switch_off, switch_on, switches
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.signs.catalogue import BY_CODE, RULES
from sightline.domain.signs.kept import may_be_switched_off
from sightline.domain.signs.precision import FLOOR, LEAST, Measured
from sightline.domain.signs.rule import Rule
from sightline.domain.vocabulary.moment import last_instant
from sightline.interfaces.jobs.story import read_after_switch
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.child.beside import below_words, how_often
from sightline.interfaces.web.signs.forms import OffForm, OnForm

MOST = 200


@page(Verb.SEE_SETTINGS)
def signs_here(request: AtWorkRequest) -> HttpResponse:
    """List every sign with how often it was right and where it is switched off; the inspectorate sees all areas."""
    note(request, "see how signs do")
    inspects = may(request.acting.role, Verb.SEE_OVERSIGHT) and not may(request.acting.role, Verb.SWITCH_SIGN)
    told = measured(area=request.acting.agency, everywhere=inspects)
    switched = switches(area=None if inspects else request.acting.agency, at=request.at, most=MOST)
    rows = [(rule, how, off, _may_switch(request, rule) and (bool(off) or any(below for _, below in how)))
            for rule in RULES for how, off in [(_of(rule.code, told), _off(rule.code, switched))]]
    return render(request, "signs/signs.html", {
        "at": request.at, "rows": rows, "switched": switched, "floor": FLOOR, "least": LEAST, "inspects": inspects,
        "titles": {rule.code: rule.title for rule in RULES}})


@page(Verb.SWITCH_SIGN)
def switch_sign(request: AtWorkRequest, code: str) -> HttpResponse:
    """Switch a sign off for the own area until a day, or on again before it, with a reason."""
    rule = BY_CODE.get(code)
    if rule is None:
        raise Http404
    earlier = [one for one in switches(area=request.acting.agency, at=request.at, most=MOST) if one.code == code]
    off = bool(earlier) and earlier[0].holds
    asked = OnForm if off else OffForm
    posted = request.method == "POST"
    form = asked(request.POST if posted else None, initial={"passed": earlier[0].number if earlier else 0})
    if posted and form.is_valid() and _switched(request, rule, form, off=off):
        return redirect("signs_here")
    note(request, "see how signs do")
    told = measured(area=request.acting.agency, codes=[code])
    return render(request, "signs/switch.html", {
        "at": request.at, "rule": rule, "form": form, "off": off, "earlier": earlier,
        "measured": [how_often(one) for one in told], "below": below_words(one for one in told if one.below_floor),
        "never": not may_be_switched_off(rule)}, status=422 if posted else 200)


def _switched(request: AtWorkRequest, rule: Rule, form: OffForm | OnForm, *, off: bool) -> bool:
    """Keep the switch and have the children read again; say in the form why it cannot be."""
    told = form.cleaned_data
    try:
        if off:
            switch_on(acting=request.acting, code=rule.code, reason=told["reason"], passed=told["passed"],
                      at=request.at)
        else:
            switch_off(acting=request.acting, code=rule.code, until=last_instant(told["until"]),
                       reason=told["reason"], passed=told["passed"], at=request.at)
    except SwitchRefused as refused:
        form.add_error(None, str(refused))
        return False
    note(request, "switch a sign", writes=True)
    read_after_switch.defer(code=rule.code, area=request.acting.agency)
    messages.success(request, f"Switched {'on' if off else 'off'}: {rule.title}")
    return True


def _may_switch(request: AtWorkRequest, rule: Rule) -> bool:
    return may(request.acting.role, Verb.SWITCH_SIGN) and may_be_switched_off(rule)


def _of(code: str, told: Iterable[Measured]) -> list[tuple[str, bool]]:
    return [(how_often(one), one.below_floor) for one in told if one.code == code]


def _off(code: str, switched: Iterable[SwitchFacts]) -> list[tuple[str, datetime | None]]:
    return [(one.area, one.until) for one in switched if one.code == code and one.holds]
