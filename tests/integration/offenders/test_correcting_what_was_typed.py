"""What an officer recorded of an offender is corrected or taken back on the page; what stood there before is kept."""

from datetime import UTC, date, datetime

import pytest

from sightline.apps.access.acting import at_task
from sightline.apps.access.actions import keep_agency
from sightline.apps.offenders.models import Clock, Join, Offender, Telling
from sightline.domain.vocabulary.offender import TellingKind
from sightline.flow import read_news
from tests.integration.conftest import DESKS, NOW, employ
from tests.integration.offenders.conftest import REGISTERED, lives


def day(name: str, number: int) -> dict[str, str]:
    """Fill the three boxes of a day of May 2026."""
    return {f"{name}_day": str(number), f"{name}_month": "5", f"{name}_year": "2026"}


HOUSE = {"there": "lives", "address": "14 Mill Lane", "postcode": "L36 9YZ", **day("on", 18)}


@pytest.fixture
def dale(tell) -> str:
    """Give the address of the page of Dale Storr, of whom a file told the register."""
    return f"/offenders/{tell(REGISTERED)}/"


def told_of(as_worker):
    with as_worker(), at_task("test"):
        return [(one.revision, one.gone, one.facts.get("address"), one.facts.get("reason"), str(one.event_id or one.pk))
                for one in Telling.objects.filter(kind="address").order_by("recorded_at", "revision")]


def test_an_address_typed_wrongly_is_corrected_then_taken_back_and_nothing_is_lost(dale, browse, as_worker):
    with browse("Olga") as client:
        assert client.post(f"{dale}tell/address/", {**HOUSE, "address": "41 Mill Lane"}).status_code == 302
    ((*_, id_),) = told_of(as_worker)
    with browse("Sid") as client:
        form = client.get(f"{dale}told/{id_}/correct/").content.decode()
        assert 'value="41 Mill Lane"' in form
        assert 'value="18"' in form
        assert client.post(f"{dale}told/{id_}/correct/", HOUSE).status_code == 302
    assert [one[:3] for one in told_of(as_worker)] == [(1, False, "41 Mill Lane"), (2, False, "14 Mill Lane")]
    with as_worker():
        read_news(at=lambda: NOW)
    with as_worker(), at_task("test"):
        assert Offender.objects.get().keys[0].startswith("house:L369YZ|14")
    with browse("Olga") as client:
        page = client.get(dale).content.decode()
        assert "14 Mill Lane" in page
        assert "41 Mill Lane" not in page
        assert "corrected" in page
        assert "14 Mill Lane" in client.get(f"{dale}told/{id_}/take-back/").content.decode()
        assert client.post(f"{dale}told/{id_}/take-back/", {"reason": ""}).status_code == 422
        assert client.post(f"{dale}told/{id_}/take-back/", {"reason": "It was his brother"}).status_code == 302
        page = client.get(dale).content.decode()
        assert "Taken back" in page
        assert "It was his brother" in page
        for act in ("correct", "take-back"):
            assert client.get(f"{dale}told/{id_}/{act}/").status_code == 404
    assert [one[:4] for one in told_of(as_worker)][-1] == (3, True, None, "It was his brother")
    with as_worker():
        read_news(at=lambda: NOW)
    with as_worker(), at_task("test"):
        assert Offender.objects.get().keys == []


def test_what_a_file_told_is_corrected_by_its_sender(tell, browse, as_worker):
    dale = f"/offenders/{tell(REGISTERED, lives())}/"
    ((*_, id_),) = told_of(as_worker)
    with browse("Olga") as client:
        assert "told/" not in client.get(dale).content.decode()
        for act in ("correct", "take-back"):
            assert client.post(f"{dale}told/{id_}/{act}/", {**HOUSE, "reason": "x"}).status_code == 404
    assert len(told_of(as_worker)) == 1


@pytest.fixture
def elsewhere(managers, as_worker) -> None:
    """Add Rob, an offender manager of another force."""
    with as_worker(), at_task("test"):
        managers.agencies["Essex Police"] = keep_agency(name="Essex Police", kind="police", area="Essex", desks=DESKS)
        employ(managers, {"Rob": ("Essex Police", "offender-manager", "offenders")})


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize(("name", "status"), [("Carl", 403), ("Beth", 403), ("Pat", 403), ("Dawn", 403), ("Rob", 404)])
def test_nobody_else_corrects_or_takes_back(name, status, dale, browse, as_worker):
    with browse("Olga") as client:
        client.post(f"{dale}tell/address/", HOUSE)
    ((*_, id_),) = told_of(as_worker)
    with browse(name) as client:
        for act in ("correct", "take-back"):
            assert client.get(f"{dale}told/{id_}/{act}/").status_code == status
            assert client.post(f"{dale}told/{id_}/{act}/", {**HOUSE, "reason": "x"}).status_code == status
    assert len(told_of(as_worker)) == 1


def test_the_register_is_changed_from_a_day_on_and_not_taken_back(managers, browse, as_worker):
    with browse("Olga") as client:
        client.post("/offenders/register/", {
            "reference": "M-9", "name": "Dale Storr", "category": "1", "level": "1", "risk": "low", **day("on", 1)})
        with as_worker(), at_task("test"):
            (offender,), (put_on,) = Offender.objects.all(), Telling.objects.all()
        dale = f"/offenders/{offender.pk}/"
        assert client.get(f"{dale}told/{put_on.pk}/take-back/").status_code == 404
        form = client.get(f"{dale}tell/register/").content.decode()
        assert 'value="Dale Storr"' in form
        assert client.post(f"{dale}tell/register/", {
            "name": "Dale Storr", "category": "1", "level": "2", "risk": "high", **day("on", 2),
            "manager": "olga@agency.example"}).status_code == 302
    with as_worker():
        read_news(at=lambda: NOW)
    with as_worker(), at_task("test"):
        found = Offender.objects.get()
        assert (found.level, found.risk, found.since.isoformat()) == ("2", "high", "2026-05-01")
        assert found.manager_id == managers.officers["Olga"]


BY_HAND = {
    "away": ({"where": "custody", **day("on", 3)}, "", 0),
    "order": ({"order": "restraining", **day("on", 3)}, "", 0),
    "child-in-household": ({"given": "Ellie-Mae", "family": "Crosby", "born_on_day": "14", "born_on_month": "3",
                            "born_on_year": "2018", **day("on", 3)}, "", 1),
    "release-due": (day("due_on", 3), "A-CHECK", 0),
}


@pytest.mark.parametrize("kind", BY_HAND)
def test_what_no_system_sends_is_recorded_by_hand_and_read(kind, dale, ellie, browse, as_worker):
    told, due, near = BY_HAND[kind]
    ellie("3 Other Road")
    with browse("Olga") as client:
        assert client.post(f"{dale}tell/{kind}/", {}).status_code == 422
        if kind in {"away", "order"}:
            ended = client.post(f"{dale}tell/{kind}/", {**told, **day("until", 2)})
            assert "This day lies before the first" in ended.content.decode()
        assert client.post(f"{dale}tell/{kind}/", told).status_code == 302
    with as_worker():
        read_news(at=lambda: datetime.now(UTC))
    with as_worker(), at_task("test"):
        assert {due} - {""} <= set(Clock.objects.values_list("code", flat=True))
        assert Join.objects.count() == near


def test_a_new_name_recorded_by_hand_starts_its_clock(tell, browse, as_worker):
    order = (TellingKind.ORDER, date(2020, 3, 2), "order/1", {"order": "notification"})
    dale = f"/offenders/{tell(REGISTERED, order)}/"
    with browse("Olga") as client:
        assert client.post(f"{dale}tell/happened/", {
            "what": "name", "about": "Dale Story", **day("on", 3)}).status_code == 302
    with as_worker():
        read_news(at=lambda: datetime.now(UTC))
    with as_worker(), at_task("test"):
        assert [one.due_on for one in Clock.objects.filter(code="N-NAME")] == [date(2026, 5, 5)]
