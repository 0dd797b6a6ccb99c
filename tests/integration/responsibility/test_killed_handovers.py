"""Processes that hand a file over, accept or withdraw are killed with -9 between any two statements, and race.

Whatever was killed has done nothing, whoever comes next is heard, there is one outcome and each side is told once.
"""

from datetime import UTC, datetime, timedelta

import pytest

from tests.partnership_at_hand import SCHOOL, ended, exclusion, killed_in_trap

RECEIVER = "Hillside Free School"
GIVER = ("--as", "lee@brook.example", "--purpose", "education")
TAKER = ("--as", "ola@hillside.example", "--purpose", "education")

# Where an answering process stands still: each process takes seconds to start, so these are the telling points.
ACCEPTING = {
    "before the other side is told": ("duties_notice", "new.key like 'transfer:%'", "before insert"),
    "before the receipt stands in the record": ("record_entry", "new.kind = 'notice.acknowledged'", "before insert"),
    "before the audit": ("access_auditentry", "new.act = 'answer an offer'", "before insert"),
}
TOLD = """
select a.name from duties_notice n join access_agency a on a.id = n.to_agency_id where n.key like %s order by n.made_at
"""
RECEIPTS = "select count(*) from record_entry where source_key = %s"


@pytest.fixture(scope="module")
def schools(at_hand):
    """Keep a second school, and a safeguarding lead at each."""
    assert at_hand.run("agency", "add", RECEIVER, "--kind", "school", "--code", "3404999", "--contact", "Ola")[0] == 0
    for email, name, agency in (("lee@brook.example", "Lee", SCHOOL), ("ola@hillside.example", "Ola", RECEIVER)):
        assert at_hand.run("user", "add", email, "--name", name, "--agency", agency,
                           "--role", "safeguarding-lead", "--password", "four quiet otters swim")[0] == 0
    return at_hand


@pytest.fixture
def file_of(schools):
    """Let Lee's school exclude a child, and hand the file of it over; gives child and transfer."""

    def handed(number):
        path = schools.file(f"handed-{number}.csv", [exclusion(number)])
        assert schools.run("import", str(path), "--feed", "exclusions", "--from", SCHOOL)[0] == 0
        ((child,),) = schools.ask(
            "select i.person_id from people_identity i join people_description d on d.identity_id = i.id"
            " where d.identifiers ->> 'upn' = %s", exclusion(number).split(",")[2])
        status, made = give(schools, child)
        assert (status, made["state"], made["from"], made["to"]) == (0, "offered", SCHOOL, RECEIVER)
        return str(child), made["transfer"]

    return handed


def give(schools, child):
    return schools.run("handover", "give", str(child), "--kind", "school-file", "--to", RECEIVER,
                       "--words", "He starts on Monday.", *GIVER)


def state(schools, transfer):
    ((found,),) = schools.ask("select state from responsibility_transfer where id = %s", transfer)
    return found


@pytest.mark.parametrize(("number", "where"), list(enumerate(ACCEPTING, start=81_001)))
def test_killed_between_any_two_statements_the_file_is_received_by_the_next_try_once(schools, file_of, number, where):
    table, when, event = ACCEPTING[where]
    _, transfer = file_of(number)
    with schools.trap(table, when=when, event=event):
        killed_in_trap(schools, schools.start("handover", "accept", transfer, *TAKER))
    assert state(schools, transfer) == "offered", where
    assert schools.ask(RECEIPTS, f"receipt/{transfer}") == [(0,)]
    status, told = schools.run("handover", "accept", transfer, *TAKER)
    assert (status, told["state"], told["answered_by"]) == (0, "accepted", "Ola")
    assert schools.run("handover", "accept", transfer, *TAKER)[0] == 0, "twice is once"
    assert schools.ask(RECEIPTS, f"receipt/{transfer}") == [(1,)]
    assert schools.ask(TOLD, f"transfer:{transfer}:%") == [(RECEIVER,), (SCHOOL,)]


def test_of_a_process_that_accepts_and_one_that_withdraws_one_is_heard_and_both_sides_know(schools, file_of):
    outcomes = set()
    for number in range(81_101, 81_103):
        _, transfer = file_of(number)
        both = [schools.start("handover", "accept", transfer, *TAKER),
                schools.start("handover", "withdraw", transfer, *GIVER)]
        (accepted, _), (withdrawn, _) = (ended(one) for one in both)
        won = state(schools, transfer)
        outcomes.add(won)
        assert {accepted, withdrawn} == {0, 1}
        assert won == ("accepted" if accepted == 0 else "withdrawn")
        assert schools.ask(RECEIPTS, f"receipt/{transfer}") == [(1 if won == "accepted" else 0,)]
        other = SCHOOL if won == "accepted" else RECEIVER
        assert schools.ask(TOLD, f"transfer:{transfer}:%") == [(RECEIVER,), (other,)]
    assert outcomes <= {"accepted", "withdrawn"}


def test_one_who_withdraws_while_the_other_is_killed_at_accepting_is_heard(schools, file_of):
    child, transfer = file_of(81_201)
    with schools.trap("record_entry", when="new.kind = 'notice.acknowledged'", event="before insert"):
        accepting = schools.start("handover", "accept", transfer, *TAKER)
        killed_in_trap(schools, accepting)
    assert schools.run("handover", "withdraw", transfer, *GIVER)[1]["state"] == "withdrawn"
    status, refused = schools.run("handover", "accept", transfer, *TAKER)
    assert (status, "withdrawn" in refused["refused"]) == (1, True)
    assert give(schools, child)[0] == 0, "what was withdrawn can be handed over again"
    status, refused = give(schools, child)
    assert (status, "handed to them already" in refused["refused"]) == (1, True)


def test_the_command_says_what_is_wrong_and_shows_what_each_side_may_know(schools, file_of):
    child, transfer = file_of(81_301)
    schools.work_jobs_off()
    status, shown = schools.run("handover", "show", transfer, *TAKER)
    assert (status, shown["child"]["name"]) == (0, None), "no name before the receipt"
    assert {one["section"] for one in shown["pack"]["sections"]} >= {"School", "Who the child is"}
    assert schools.run("handover", "pack", transfer, *TAKER)[0] == 1
    status, refused = schools.run("handover", "refuse", transfer, "--reason", "not our pupil", "--whose", " ", *TAKER)
    assert (status, "not ours is no answer" in refused["refused"]) == (1, True)
    for to, words in (("Nowhere High", "No agency of that name"), (SCHOOL, "another agency"),
                      ("Knowsley Council", "cannot hand")):
        status, refused = schools.run("handover", "give", child, "--kind", "school-file", "--to", to,
                                      "--words", "x", *GIVER)
        assert (status, words in refused["refused"]) == (1, True), refused
    for strangers in ("6f1f2b52-0000-4000-8000-000000000000",):
        for what in ("show", "accept", "withdraw", "pack"):
            status, refused = schools.run("handover", what, strangers, *TAKER)
            assert (status, "There is no such handover" in refused["refused"]) == (1, True)
    assert schools.run("handover", "accept", transfer, "--seen", "1", *TAKER)[0] == 0
    status, read = schools.run("handover", "pack", transfer, *TAKER)
    assert (status, read["number"], read["child"]) == (0, 1, child)
    assert schools.run("handover", "pack", transfer, *GIVER)[0] == 1, "the giver keeps the outcome"
    status, listed = schools.run("handover", "list", *GIVER)
    assert transfer in {one["transfer"] for one in listed["handed_over"]}
    assert schools.ask("select count(*) > 3 from access_auditentry where act = 'answer an offer' and refused") == [
        (True,)]


MISSING = "record_ref,record_type,occurred_at,postcode,forename,surname,dob,sex,home_postcode,upn"
FORCE, COUNCIL_NEXT_DOOR = "Merseyside Police", "Sefton Council"


@pytest.fixture
def protected(schools):
    """Let the police hold the safety of a child who is missing; gives the officers' options and the child."""
    for name, kind, area in ((FORCE, "police", "Merseyside"), (COUNCIL_NEXT_DOOR, "council", "Sefton")):
        assert schools.run("agency", "add", name, "--kind", kind, "--area", area, "--contact", "Desk")[0] == 0
    for email, agency, role in (("pat@mers.example", FORCE, "police-safeguarding"),
                                ("sue@sefton.example", COUNCIL_NEXT_DOOR, "social-worker")):
        assert schools.run("user", "add", email, "--name", email[:3].title(), "--agency", agency, "--role", role,
                           "--password", "four quiet otters swim")[0] == 0
    number = 81_401
    upn, given, family, born, sex, home = exclusion(number).split(",")[2:8]
    path = schools.file(f"handed-{number}.csv", [exclusion(number)])
    assert schools.run("import", str(path), "--feed", "exclusions", "--from", SCHOOL)[0] == 0
    at = datetime.now(UTC) - timedelta(hours=2)
    report = f"R{number},missing-report,{at.isoformat()},{home},{given},{family},{born},{sex},{home},{upn}"
    path = schools.file(f"missing-{number}.csv", [report], head=MISSING)
    assert schools.run("import", str(path), "--feed", "police-events", "--from", FORCE)[0] == 0
    return (("--as", "pat@mers.example", "--purpose", "protect"),
            ("--as", "sue@sefton.example", "--purpose", "protect"), f"{given} {family}")


def test_a_childs_safety_is_offered_refused_withdrawn_and_accepted_on_the_command_line(schools, protected):
    pat, sue, name = protected
    _, listed = schools.run("handover", "list", *pat)
    event = next(one["event"] for one in listed["protecting"] if one["name"] == name)
    offering = ("handover", "offer", event, "--to", COUNCIL_NEXT_DOOR, "--words", "He is at our desk.")
    assert schools.run(*offering, "--desk", "night", *pat) == (
        1, {"refused": "That agency has no such desk. It has: safeguarding."})
    status, made = schools.run(*offering, "--minutes", "30", *pat)
    assert (status, made["kind"], made["state"]) == (0, "safety", "offered")
    refusing = ("handover", "refuse", made["transfer"], "--reason", "no bed", "--whose", FORCE)
    status, refused = schools.run(*refusing, *sue)
    assert (status, "by which rule" in refused["refused"]) == (1, True)
    status, told = schools.run(*refusing, "--by-rule", "R19", *sue)
    assert (status, told["state"], told["by_rule"], told["answered_by"]) == (0, "refused", "R19", "Sue")
    assert schools.ask("select count(*) from responsibility_dispute where transfer_id = %s", made["transfer"]) == [(1,)]
    _, second = schools.run(*offering, *pat)
    assert schools.run("handover", "withdraw", second["transfer"], *pat)[1]["state"] == "withdrawn"
    _, third = schools.run(*offering, *pat)
    _, listed = schools.run("handover", "list", *sue)
    assert [one["transfer"] for one in listed["offered"]] == [third["transfer"]]
    status, told = schools.run("handover", "accept", third["transfer"], *sue)
    assert (status, told["state"], told["child"]["name"]) == (0, "accepted", name)
    _, listed = schools.run("handover", "list", *sue)
    assert [one["name"] for one in listed["protecting"]] == [name]
    assert schools.run(*offering, *pat) == (1, {
        "refused": "You do not own this event, or it has ended. Open the child's page again."})
