"""What a file tells of offenders is kept apart from children, corrected by its keys, and refused from a school."""

from pathlib import Path

from sightline.apps.access.acting import at_task
from sightline.apps.offenders.models import Clock, Offender, Telling
from sightline.apps.people.models import Identity

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
