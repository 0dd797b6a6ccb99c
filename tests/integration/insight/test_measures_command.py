"""`sightline measures` on a running database: frozen, shown to who oversees, kept from others, told outside."""

import csv
import io

import pytest

from tests.partnership_at_hand import COUNCIL, SCHOOL, exclusion

MARY, PAT = "mary@knowsley.example", "pat@knowsley.example"
PASSWORD = "green-kettle-sings-9"
AS = ("--purpose", "protect", "--because", "a review")


@pytest.fixture
def told(at_hand):
    """Exclude a child, and keep a manager and a social worker."""
    if not at_hand.ask("select 1 from access_officer where email = %s", MARY):
        for email, role in ((MARY, "duty-manager"), (PAT, "social-worker")):
            assert at_hand.run("user", "add", email, "--name", email.partition("@")[0].title(), "--agency", COUNCIL,
                               "--role", role, "--password", PASSWORD)[0] == 0
        file = at_hand.file("measured.csv", [exclusion(41)])
        assert at_hand.run("import", str(file), "--feed", "exclusions", "--from", SCHOOL)[0] == 0
    return at_hand


def test_what_was_frozen_is_shown_the_same_again_and_to_nobody_else(told):
    status, document = told.run("measures", "--as", MARY, *AS)
    assert (status, "Nothing was frozen yet" in document["refused"]) == (1, True)
    status, document = told.run("measures", "freeze", "--as", PAT)
    assert (status, "a duty manager or an inspector" in document["refused"]) == (1, True)
    status, made = told.run("measures", "freeze", "--as", MARY)
    assert (status, made["cases"] > 0, made["made_by"]) == (0, True, "Mary")
    wanted = ("measures", "--as", MARY, *AS, "--snapshot", made["snapshot"], "--measure", "K1")
    shown = [told.run(*wanted) for _ in range(2)]
    assert shown[0] == shown[1]
    figure = shown[0][1]["figures"][0]
    assert (figure["part"], figure["events"], figure["not done yet"]) == ("permanent exclusion", "1", "1")
    assert told.run("measures", "snapshots", "--as", MARY, *AS)[1]["snapshots"] == [made]
    status, document = told.run("measures", "--as", PAT, *AS)
    assert (status, "duty managers and inspectors" in document["refused"]) == (1, True)
    assert told.ask("select count(*) from access_auditentry where act = 'see measures' and refused") == [(1,)]
    file = told.data.parent / "figures.csv"
    assert told.run("measures", "--as", MARY, *AS, "--outside", "--csv", str(file))[0] == 0
    rows = list(csv.DictReader(io.StringIO(file.read_text())))
    assert {row["Events"] for row in rows if row["Part"] == "permanent exclusion"} == {"1 to 4"}
    assert made["snapshot"] in file.read_text()


@pytest.mark.parametrize(("args", "because"), [
    (("--as", MARY, *AS, "--measure", "K99"), "no measure"),
    (("--as", MARY, *AS, "--snapshot", "0d9d5f0e-0000-4000-8000-000000000000"), "no such snapshot"),
    (("freeze", "--as", MARY, "--from", "2026-05-02", "--until", "2026-05-01"), "before it begins"),
    (("freeze", "--as", MARY, "--until", "2126-05-01"), "not ended"),
    (("freeze",), "duty manager")])
def test_what_cannot_be_is_refused_in_words(told, args, because):
    status, document = told.run("measures", *args)
    assert (status, because in document["refused"]) == (1, True), document
