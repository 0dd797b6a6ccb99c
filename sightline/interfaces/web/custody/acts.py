"""What people do with a release, one entry an act: which form asks for it, and which action carries it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sightline.apps.access.acting import Acting
from sightline.apps.custody import planning, travelling
from sightline.apps.record.queries import entries_named
from sightline.apps.responsibility.queries import EventFacts
from sightline.domain.access.verbs import Verb
from sightline.domain.custody.plan import By, Leg, Receiver
from sightline.interfaces.web.custody import forms


@dataclass(frozen=True, slots=True)
class Doing:
    """Hold who does what to which event, with what the form told, and when."""

    acting: Acting
    event: EventFacts
    told: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class ReleaseAct:
    """Describe one act: its form, what the audit calls it, and which verb a role needs for it."""

    form: type[forms.ActForm]
    audit: str
    does: Callable[[Doing], object]
    verb: Verb = Verb.DECIDE


def _assess(d: Doing) -> None:
    planning.assess(acting=d.acting, event=d.event, words=d.told["words"], assessed_at=d.told["at"], at=d.at)


def _adult(d: Doing) -> None:
    told = d.told
    adult = planning.ReceivingAdult(
        name=told["adult"], phone=told["phone"], receiver=Receiver(told["receiver"]), relation=told["relation"],
        at_least_18=told["at_least_18"], checked=told["checked"], known_to_child=told["known_to_child"],
        collects=told["meets"] == "suite")
    planning.name_adult(acting=d.acting, event=d.event, adult=adult, at=d.at)


def _accepted(d: Doing) -> None:
    planning.adult_accepted(acting=d.acting, event=d.event, how=d.told["how"], accepted_at=d.told["at"], at=d.at)


def _agency(d: Doing) -> None:
    planning.choose_agency(acting=d.acting, event=d.event, transfer_id=d.told["transfer"], at=d.at)


def _leg(d: Doing) -> None:
    told = d.told
    leg = Leg(By(told["by"]), told["escort"], told["start"], told["end"], told["departs_at"], told["arrives_at"])
    planning.add_leg(acting=d.acting, event=d.event, leg=leg, at=d.at)


def _take_out(d: Doing) -> None:
    planning.take_out_leg(acting=d.acting, event=d.event, leg=d.told["leg"], at=d.at)


def _home(d: Doing) -> None:
    planning.home_told(acting=d.acting, event=d.event, whom=d.told["whom"], told_at=d.told["at"], at=d.at)


def _override(d: Doing) -> None:
    planning.override(acting=d.acting, event=d.event, reason=d.told["reason"], decided_at=d.told["at"], at=d.at)


def _call_off(d: Doing) -> None:
    planning.call_off(acting=d.acting, event=d.event, reason=d.told["reason"], at=d.at)


def _release(d: Doing) -> None:
    ground = entries_named([d.event.ground]).get(d.event.ground)
    travelling.release(acting=d.acting, event=d.event, place=ground.place if ground else None,
                       released_at=d.told["at"], at=d.at)


def _departed(d: Doing) -> None:
    travelling.departed(acting=d.acting, event=d.event, said_by=d.told["said_by"], departed_at=d.told["at"], at=d.at)


def _later(d: Doing) -> None:
    travelling.delayed(acting=d.acting, event=d.event, said_by=d.told["said_by"], expected_at=d.told["expected_at"],
                       reason=d.told["reason"], at=d.at)


def _arrived(d: Doing) -> None:
    travelling.arrived(acting=d.acting, event=d.event, said_by=d.told["said_by"], how=d.told["how"],
                       arrived_at=d.told["at"], at=d.at)


def _missing(d: Doing) -> UUID:
    return travelling.send_missing(acting=d.acting, event=d.event, words=d.told["words"], at=d.at)


ACTS: dict[str, ReleaseAct] = {
    act.form.name: act for act in (
        ReleaseAct(forms.AssessForm, "plan a release", _assess),
        ReleaseAct(forms.AdultForm, "plan a release", _adult),
        ReleaseAct(forms.AcceptedForm, "plan a release", _accepted),
        ReleaseAct(forms.AgencyForm, "plan a release", _agency),
        ReleaseAct(forms.LegForm, "plan a release", _leg),
        ReleaseAct(forms.TakeOutForm, "plan a release", _take_out),
        ReleaseAct(forms.HomeForm, "plan a release", _home),
        ReleaseAct(forms.CallOffForm, "plan a release", _call_off),
        ReleaseAct(forms.OverrideForm, "override the release gate", _override, Verb.OVERRIDE_RELEASE),
        ReleaseAct(forms.ReleaseForm, "release a child", _release),
        ReleaseAct(forms.DepartedForm, "confirm a journey", _departed),
        ReleaseAct(forms.LaterForm, "confirm a journey", _later),
        ReleaseAct(forms.ArrivedForm, "confirm a journey", _arrived),
        ReleaseAct(forms.MissingForm, "report a child missing", _missing),
    )
}
