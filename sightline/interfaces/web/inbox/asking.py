"""Make the forms by which duties are given and put off, with what this agency and this duty allow."""

from sightline.apps.access.queries import colleagues, contacts
from sightline.apps.duties.queries import OPEN_STATES, DutyFacts
from sightline.domain.duties.position import latest_return
from sightline.domain.vocabulary.moment import day_of
from sightline.interfaces.web.at_work import AtWorkRequest
from sightline.interfaces.web.inbox.forms import GiveForm, PutOffForm


def give_form(request: AtWorkRequest, *, posted: bool) -> GiveForm:
    """Give the form that asks for a desk or an officer of the agency."""
    agency = request.acting.agency
    return GiveForm(request.POST if posted else None, contacts=contacts(agency),
                    colleagues=colleagues(agency, on=day_of(request.at)))


def put_off_form(request: AtWorkRequest, duty: DutyFacts, *, posted: bool = False) -> PutOffForm | None:
    """Give the form that asks until when; None where the duty may not be put off at all now."""
    latest = latest_return(duty.act_by, duty.danger)
    if latest is None or latest <= request.at or duty.state not in OPEN_STATES:
        return None
    return PutOffForm(request.POST if posted else None, latest=latest, at=request.at)
