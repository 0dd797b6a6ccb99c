"""What people do with a decision on a charge, one entry an act: which form asks for it, which action carries it out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sightline.apps.access.acting import Acting
from sightline.apps.custody import charging
from sightline.apps.record.queries import entries_named
from sightline.apps.responsibility.queries import EventFacts
from sightline.domain.access.verbs import Verb
from sightline.domain.custody.charging import Defence, Outcome, Referral, Said
from sightline.interfaces.web.custody import charge_forms as forms
from sightline.interfaces.web.custody.forms import ActForm


@dataclass(frozen=True, slots=True)
class Doing:
    """Hold who does what to which event, with the form that told it, and when."""

    acting: Acting
    event: EventFacts
    form: Any
    at: datetime

    @property
    def told(self) -> dict[str, Any]:
        """Give what the form told."""
        return dict(self.form.cleaned_data)


@dataclass(frozen=True, slots=True)
class ChargeAct:
    """Describe one act: its form, what the audit calls it, and which verb a role needs for it."""

    form: type[ActForm]
    audit: str
    does: Callable[[Doing], None]
    verb: Verb = Verb.DECIDE


def _offence(d: Doing) -> None:
    charging.propose(acting=d.acting, event=d.event, offence=d.told["offence"], kind=d.told["kind"], at=d.at)


def _law(d: Doing) -> None:
    told = d.told
    law = charging.Law(Said(told["direct"]), told["direct_why"], Said(told["reasonable"]), told["reasonable_why"],
                       Said(told["schedule_4"]), told["schedule_4_how"])
    charging.consider_law(acting=d.acting, event=d.event, law=law, at=d.at)


def _referral(d: Doing) -> None:
    charging.consider_referral(acting=d.acting, event=d.event, referral=Referral(d.told["referral"]), why=d.told["why"],
                               at=d.at)


def _evidence(d: Doing) -> None:
    entry, source = d.form.comes_from()
    charging.add_evidence(acting=d.acting, event=d.event, speaks_for=d.told["speaks"] == "for", words=d.told["words"],
                          source=source, entry=entry, at=d.at)


def _tools(d: Doing) -> None:
    charging.answer_tools(acting=d.acting, event=d.event, answers=d.form.answers(), at=d.at)


def _conclude(d: Doing) -> None:
    charging.conclude(acting=d.acting, event=d.event, defence=Defence(d.told["defence"]), why=d.told["why"], at=d.at)


def _no(d: Doing) -> None:
    charging.stand_by_no(acting=d.acting, event=d.event, reason=d.told["reason"], at=d.at)


def _same(d: Doing) -> None:
    charging.let_one_decide_both(acting=d.acting, event=d.event, reason=d.told["reason"], at=d.at)


def _decide(d: Doing) -> None:
    charging.decide(acting=d.acting, event=d.event, outcome=Outcome(d.told["outcome"]), reasons=d.told["reasons"],
                    at=d.at)


def _prosecutor(d: Doing) -> None:
    charging.prosecutor_decided(acting=d.acting, event=d.event, charge=d.told["says"] == "charge",
                                prosecutor=d.told["prosecutor"], words=d.told["words"], at=d.at)


def _again(d: Doing) -> None:
    charging.look_again(acting=d.acting, event=d.event, reason=d.told["reason"], at=d.at)


def _charge(d: Doing) -> None:
    ground = entries_named([d.event.ground]).get(d.event.ground)
    charging.charge(acting=d.acting, event=d.event, place=ground.place if ground else None, charged_at=d.told["at"],
                    at=d.at)


def _restrain(d: Doing) -> None:
    charging.restrain(acting=d.acting, event=d.event, code=d.told["code"], reason=d.told["reason"], at=d.at)


ACTS: dict[str, ChargeAct] = {
    act.form.name: act for act in (
        ChargeAct(forms.OffenceForm, "consider a charge", _offence),
        ChargeAct(forms.LawForm, "consider a charge", _law),
        ChargeAct(forms.ReferralForm, "consider a charge", _referral),
        ChargeAct(forms.EvidenceForm, "consider a charge", _evidence),
        ChargeAct(forms.ToolsForm, "consider a charge", _tools),
        ChargeAct(forms.ConcludeForm, "consider a charge", _conclude),
        ChargeAct(forms.NoForm, "stand by a no", _no, Verb.SUPERVISE_CHARGE),
        ChargeAct(forms.SameForm, "let one officer decide both", _same, Verb.SUPERVISE_CHARGE),
        ChargeAct(forms.DecideForm, "decide on a charge", _decide),
        ChargeAct(forms.ProsecutorForm, "decide on a charge", _prosecutor),
        ChargeAct(forms.AgainForm, "consider a charge", _again),
        ChargeAct(forms.ChargeForm, "charge a child", _charge),
        ChargeAct(forms.RestrainForm, "ask for an order on a child", _restrain, Verb.SUPERVISE_CHARGE),
    )
}
