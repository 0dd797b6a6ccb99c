"""Choose how a desk is told, enter an address, and prove it by the code of a test message: of the own agency alone."""

import re
from collections.abc import Callable, Sequence

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.core.validators import EmailValidator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sightline.apps.access.addresses import PROVABLE, enter_address, keep_channels, not_proven, prove_address
from sightline.apps.access.queries import ContactFacts, contacts
from sightline.apps.access.rota import NotYourDesk
from sightline.domain.access.verbs import Verb
from sightline.interfaces.channels.proof import is_code
from sightline.interfaces.jobs.post import send_test
from sightline.interfaces.web.at_work import AtWorkRequest, note, page

MOBILE = re.compile(r"(\+44|0)7[0-9 ]{9,13}")
WAYS = {"e-mail": "an e-mail", "text": "a text message", "webhook": "the webhook",
        "notify-email": "an e-mail over GOV.UK Notify"}
ORDERS: tuple[tuple[str, ...], ...] = (
    ("e-mail",), ("text",), ("e-mail", "text"), ("text", "e-mail"), ("webhook", "e-mail"), ("webhook", "text"))
MOST_WRONG, AN_HOUR = 5, 3600
"""Wrong codes that are heard for one desk within an hour."""
USUAL = "The usual: an e-mail, then a text message to a mobile"
ADDRESS_WORDS = {"e-mail": "E-mail address", "text": "Mobile number"}


class ChannelsForm(forms.Form):
    """Ask for the order of the channels, out of what the desk can be reached by."""

    order = forms.ChoiceField(label="Told by", required=False)

    def __init__(self, posted: object = None, *, desk: ContactFacts) -> None:
        super().__init__(posted, initial={"order": ",".join(desk.channels)})  # type: ignore[arg-type]
        has = {"e-mail": desk.email, "text": MOBILE.fullmatch(desk.phone), "webhook": desk.webhook}
        offered = [one for one in ORDERS if all(has[way] for way in one)]
        offered += [desk.channels] if desk.channels and desk.channels not in offered else []
        self.fields["order"].choices = [("", USUAL), *((",".join(one), _said(one)) for one in offered)]  # type: ignore[attr-defined]


class AddressForm(forms.Form):
    """Ask for another address of a desk."""

    channel = forms.ChoiceField(choices=[(one, one) for one in PROVABLE], widget=forms.HiddenInput)
    address = forms.CharField(max_length=200, error_messages={"required": "Enter the address"})

    def __init__(self, posted: object = None, *, channel: str = "e-mail") -> None:
        super().__init__(posted, initial={"channel": channel}, auto_id=f"address-{channel}-%s")  # type: ignore[arg-type]
        self.fields["address"].label = ADDRESS_WORDS.get(channel, "Address")
        self.fields["address"].help_text = "It becomes the number that is rung, too" if channel == "text" else ""

    def clean_address(self) -> str:
        """Refuse what no message could be sent to."""
        address = str(self.cleaned_data["address"]).strip()
        if self.cleaned_data.get("channel") == "text":
            if not MOBILE.fullmatch(address):
                raise forms.ValidationError("Enter a mobile number, such as 07700 900123")
        else:
            EmailValidator("Enter an e-mail address, such as desk@agency.gov.uk")(address)
        return address


class CodeForm(forms.Form):
    """Ask for the code that was sent."""

    channel = forms.ChoiceField(choices=[(one, one) for one in PROVABLE], widget=forms.HiddenInput)
    code = forms.CharField(label="Code of six digits", max_length=10, error_messages={
        "required": "Enter the code of the test message"}, widget=forms.TextInput(attrs={"inputmode": "numeric"}))

    def __init__(self, posted: object = None, *, channel: str = "e-mail") -> None:
        super().__init__(posted, initial={"channel": channel}, auto_id=f"code-{channel}-%s")  # type: ignore[arg-type]


@require_POST
@page(Verb.KEEP_ROTA)
def choose_channels(request: AtWorkRequest, contact_id: int) -> HttpResponse:
    """Keep by which channels a desk is told."""
    desk = own_desk(request, contact_id)
    form = ChannelsForm(request.POST, desk=desk)
    note(request, "choose channels")
    if not form.is_valid():
        return _again(request, contact_id, "Choose one of the orders offered")
    order = form.cleaned_data["order"]
    done(lambda: keep_channels(contact=contact_id, channels=order.split(",") if order else []))
    note(request, "choose channels", writes=True)
    messages.success(request, "The order of the channels is kept")
    return redirect("desk", contact_id)


@require_POST
@page(Verb.KEEP_ROTA)
def change_address(request: AtWorkRequest, contact_id: int) -> HttpResponse:
    """Enter an address, and send a test message to it: it counts when its code was entered."""
    own_desk(request, contact_id)
    form = AddressForm(request.POST, channel=_channel(request))
    note(request, "enter an address")
    if not form.is_valid():
        return _again(request, contact_id, str(next(iter(form.errors.values()))[0]))
    channel, address = form.cleaned_data["channel"], form.cleaned_data["address"]
    done(lambda: enter_address(contact=contact_id, channel=channel, address=address))
    note(request, "enter an address", writes=True)
    send_test.defer(contact=contact_id, channel=channel)
    messages.success(request, "A test message is on its way. Until its code is entered, the address before holds")
    return redirect("desk", contact_id)


@require_POST
@page(Verb.KEEP_ROTA)
def prove(request: AtWorkRequest, contact_id: int) -> HttpResponse:
    """Take the code of a test message, and let the address count."""
    own_desk(request, contact_id)
    form = CodeForm(request.POST, channel=_channel(request))
    note(request, "prove an address")
    channel = _channel(request)
    waits = not_proven(contact_id).get(channel)
    if waits is None or not form.is_valid():
        return _again(request, contact_id, "Enter the code of the test message")
    if _wrong_too_often(contact_id):
        return _again(request, contact_id, "Too many wrong codes for this desk. Try again in an hour")
    if not is_code(form.cleaned_data["code"], contact=contact_id, channel=channel, address=waits[0]):
        return _again(request, contact_id, "That is not the code of the test message. Look at the newest one")
    cache.delete(_key(contact_id))
    done(lambda: prove_address(contact=contact_id, channel=channel, address=waits[0]))
    note(request, "prove an address", writes=True)
    messages.success(request, "The address is proven, and holds from now")
    return redirect("desk", contact_id)


def own_desk(request: AtWorkRequest, contact_id: int) -> ContactFacts:
    """Give a desk of the own agency; another does not exist."""
    found = next((c for c in contacts(request.acting.agency) if c.id == contact_id), None)
    if found is None:
        raise Http404
    return found


def done(keep: Callable[[], None]) -> None:
    """Write, or say that there is no such desk."""
    try:
        keep()
    except NotYourDesk:
        raise Http404 from None


def _again(request: AtWorkRequest, contact_id: int, words: str) -> HttpResponse:
    messages.error(request, words)
    return redirect("desk", contact_id)


def _channel(request: AtWorkRequest) -> str:
    given = request.POST.get("channel", "")
    return given if given in PROVABLE else PROVABLE[0]


def _said(order: Sequence[str]) -> str:
    words = ", then ".join(WAYS[way] for way in order)
    return words[:1].upper() + words[1:]


def _key(contact_id: int) -> str:
    return f"wrong-codes:{contact_id}"


def _wrong_too_often(contact_id: int) -> bool:
    """Count a try; who knows the code has tried once."""
    if cache.add(_key(contact_id), 1, AN_HOUR):
        return False
    try:
        return int(cache.incr(_key(contact_id))) > MOST_WRONG
    except ValueError:  # the hour ended between the two
        return False
