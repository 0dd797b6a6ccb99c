"""The jobs find a dried-up input in a real database and tell it once, and `sightline check` says it."""

from datetime import UTC, datetime, timedelta

from tests.partnership_at_hand import COUNCIL, SCHOOL

JOBS = ("from sightline.interfaces.jobs.story import count_links, look_again\n"
        "count_links(timestamp=0); look_again(timestamp=0)")
TELL = """
with made as (insert into people_person (made_at) select now() from generate_series(1, 40) returning id),
known as (
  insert into people_identity (agency_id, scheme, key, person_id, keys)
  select a.id, 'own', made.id::text, made.id, '{}' from made, access_agency a where a.name = %s returning id)
insert into people_description
  (identity_id, digest, given, family, also_known_as, born_on, identifiers, postcode, told_at)
select id, '\\x01', 'Zora', 'Mensah', '{}', '2011-04-03', '{}', %s::text, %s::timestamptz from known
"""
NOTICES = """
select a.name, c.desk, n.about from duties_notice n join access_agency a on a.id = n.to_agency_id
join access_contact c on c.id = n.to_contact_id where n.key like 'input:%%' order by 1
"""


FAULTS = """
from sightline.interfaces.jobs import story

def fails(**ways):
    raise RuntimeError("a fault")

story.flow.read_news = story.raise_alarms = story.tell_covers = fails
"""


def run_jobs(at_hand, *, before: str = "", status: int = 0) -> None:
    process = at_hand.start_code(before + JOBS)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == status, errors


def test_from_what_was_told_to_the_managers_desk_and_the_check(at_hand):
    for name, kind in ((SCHOOL, "school"), (COUNCIL, "council")):
        more = ("--area", "Knowsley") if kind == "council" else ("--code", "3404001", "--covers", COUNCIL)
        assert at_hand.run("agency", "add", name, "--kind", kind, "--contact", "Desk", "--manager", "Mary",
                           "--manager-email", "mary@a.example", *more)[0] == 0
    now = datetime.now(UTC)
    at_hand.ask(TELL, SCHOOL, "L36 9YZ", now - timedelta(weeks=2))
    run_jobs(at_hand)
    assert at_hand.run("check")[1]["checks"]["inputs"]["well"]
    at_hand.ask(TELL, SCHOOL, None, now)
    # Faults in parts of the round of the minute keep no other part back, and are not hidden.
    for more in ({"before": FAULTS, "status": 1}, {}):
        run_jobs(at_hand, **more)
        told = at_hand.ask(NOTICES)
        assert [(name, desk) for name, desk, _ in told] == [(SCHOOL, "manager"), (COUNCIL, "manager")]
        assert told[0][2].startswith("A postcode stood in 100 % of what we tell, and now stands in 0 %.")
        assert not any(word in about for _, _, about in told for word in ("Zora", "Mensah", "L36"))
    status, checked = at_hand.run("check")
    assert (status, checked["checks"]["inputs"]["well"]) == (1, False)
    says = checked["checks"]["inputs"]["says"]
    assert f"Inputs that dried up: 1 ({SCHOOL}, a postcode, 100 % before, 0 % since" in says
