"""What a file tells of offenders is kept apart from children, corrected by its keys, and refused from a school."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction

from sightline.apps.access.acting import at_task
from sightline.apps.intake.models import RowFault, Submission
from sightline.apps.offenders.models import Clock, Offender, Telling
from sightline.apps.people.models import Identity
from sightline.flow import receive
from tests.integration.conftest import NOW, employ

OWN = Path(__file__).parents[2] / "samples" / "own"


def test_the_example_files_are_kept_and_told_again_they_change_nothing(send, managers, as_worker, acting):
    for name, rows in (("offenders.csv", 10), ("offenders.json", 4)):
        text = (OWN / name).read_text("utf-8")
        assert send("offenders", "Merseyside Police", text).accepted == rows
        again = send("offenders", "Merseyside Police", text.rstrip() + "\n\n")
        assert (again.accepted, again.already_held) == (0, rows)
    with acting("Olga"):
        dale, roy = Offender.objects.order_by("reference")
        assert (dale.name, dale.category, dale.level, dale.risk, dale.under) == (
            "Dale Storr", "1", "1", "high", ["notification", "sexual-harm-order"])
        assert (roy.name, roy.category, roy.under) == ("Roy Teale", "2", ["mappa"])
        clocks = dict(Clock.objects.filter(offender=dale).values_list("code", "state"))
        assert clocks["N-RELEASE"] == "met"
    with as_worker(), at_task("test"):
        assert not Identity.objects.exists()


def test_a_later_row_with_the_same_key_corrects(send, managers, acting):
    head = "reference,what,on,key,there,address,postcode\n"
    send("offenders", "Merseyside Police", head + "M-1,address,2026-05-01,a,lives,14 Mill Lane,L36 9YZ\n")
    send("offenders", "Merseyside Police", head + "M-1,address,2026-05-01,a,lives,41 Mill Lane,L36 9YZ\n")
    with acting("Olga"):
        assert [(one.revision, one.facts["address"]) for one in Telling.objects.order_by("revision")] == [
            (1, "14 Mill Lane"), (2, "41 Mill Lane")]
        assert Offender.objects.get().keys[0].startswith("house:L369YZ|41")


def test_two_agencies_may_use_one_reference(send, managers, as_worker):
    head = "reference,what,on,name,category,risk\n"
    for agency in ("Merseyside Police", "Essex Council"):
        send("offenders", agency, head + "M-1,register,2020-01-01,Dale Storr,1,high\n")
    with as_worker(), at_task("test"):
        assert Offender.objects.count() == 2


def test_a_file_of_offenders_is_for_who_manages_them_and_every_other_file_for_the_others(
    send, managers, as_worker, acting
):
    with as_worker(), at_task("test"):
        employ(managers, {"Dee": ("Merseyside Police", "duty-manager", "protect"),
                          "Eve": ("Merseyside Police", "data-officer", "records")})
    bad = "\nM-1,address,2026-05-01,a,lives,14 Mill Lane,NOT A POSTCODE\n"
    send("offenders", "Merseyside Police", "reference,what,on,key,there,address,postcode" + bad)
    send("police-events", "Merseyside Police", "record_ref,record_type,occurred_at,forename,surname\n,x,x,Amara,x\n")
    seen = {}
    for name in ("Olga", "Sid", "Dee", "Eve", "Mary", "Carl", "Lee", "Dawn"):
        with acting(name):
            files = Submission.objects.all()
            seen[name] = [one.feed for one in files]
            assert {one.submission_id for one in RowFault.objects.all()} == {one.pk for one in files}
    ours, theirs = ["offenders"], ["police-events"]
    assert seen == {"Olga": ours, "Sid": ours, "Dee": theirs, "Eve": theirs, "Mary": [], "Carl": [], "Lee": [],
                    "Dawn": []}


@pytest.mark.parametrize(("name", "feed"), [("Olga", "police-events"), ("Eve", "offenders")])
def test_the_database_takes_no_file_from_who_may_not_send_it(name, feed, managers, as_worker, acting):
    with as_worker(), at_task("test"):
        employ(managers, {"Eve": ("Merseyside Police", "data-officer", "records")})
    with acting(name) as at_work, pytest.raises(ProgrammingError), transaction.atomic():
        receive(stream=BytesIO(b"x"), feed=feed, agency=at_work.agency, officer=at_work.officer, file_name="x.csv",
                at=NOW)


def test_each_is_offered_the_feeds_that_they_may_send(managers, as_worker, browse):
    with as_worker(), at_task("test"):
        employ(managers, {"Eve": ("Merseyside Police", "data-officer", "records")})
    for name, offers in (("Olga", True), ("Eve", False)):
        with browse(name) as client:
            page = client.get("/import/").content.decode()
            assert ('value="offenders"' in page) is offers
            assert ('value="police-events"' in page) is not offers
            file = SimpleUploadedFile("x.csv", b"reference,what,on\n")
            assert client.post("/import/", {"feed": "offenders", "file": file}).status_code == (302 if offers else 422)
