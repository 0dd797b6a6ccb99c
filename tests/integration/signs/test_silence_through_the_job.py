"""The real job finds a silence at its minute by the real clock: killed in between, and with two workers at once."""

import json
import time
from datetime import UTC, datetime, timedelta

from tests.partnership_at_hand import COUNCIL, JOBS, killed_in_trap

SHOWN = "select count(*) from signs_found where code = 'F14' and gone_at is null"
DUE = "select count(*) from signs_personreading where look_again_at <= now()"


def told(id_, kind, at, **facts):
    return json.dumps({"id": id_, "child": "amara", "kind": kind, "at": at.isoformat(), "by": "Merseyside Police",
                       "facts": facts, "identity": {"given": "Amara", "family": "Okafor", "born_on": "2011-04-03"}})


def sent(at_hand, name, line):
    """Import a file of one line to its end, and give how long that took on this machine."""
    path, began = at_hand.file(name, [], head=line), datetime.now(UTC)
    assert at_hand.run("import", str(path), "--feed", "timeline", "--from", COUNCIL)[0] == 0
    return datetime.now(UTC) - began


def test_it_is_found_by_the_clock_alone_and_once_whoever_is_killed_or_beside(at_hand):
    took = sent(at_hand, "before.jsonl", told("h1", "child.home", datetime.now(UTC) - timedelta(days=9)))
    # The word of arrival is due an hour after the planned arrival: soon, and after the import of the release.
    due_at = datetime.now(UTC) + 2 * took + timedelta(seconds=3)
    sent(at_hand, "released.jsonl", told("r1", "police.release", due_at - timedelta(hours=4), mode="escorted",
                                         arrival_due=(due_at - timedelta(hours=1)).isoformat()))
    assert at_hand.ask("select count(*) from record_news") == [(0,)], "everything that came has been read"
    ((look_again_at,),) = at_hand.ask("select look_again_at from signs_personreading")
    if datetime.now(UTC) < due_at:
        assert at_hand.ask(SHOWN) == [(0,)]
    assert abs(look_again_at - due_at) < timedelta(seconds=1)
    time.sleep(max((due_at - datetime.now(UTC)).total_seconds(), 0) + 0.2)
    with at_hand.trap("signs_found", when="new.code = 'F14'", event="before insert"):
        killed_in_trap(at_hand, at_hand.start_code(JOBS))
    assert (at_hand.ask(SHOWN), at_hand.ask(DUE)) == ([(0,)], [(1,)]), "nothing is kept, and it is still due"
    workers = [at_hand.start_code(JOBS) for _ in range(2)]
    for worker in workers:
        _, errors = worker.communicate(timeout=120)
        assert worker.returncode == 0, errors
    assert (at_hand.ask(SHOWN), at_hand.ask(DUE)) == ([(1,)], [(0,)])
    assert at_hand.ask("select array_to_string(reasons, '') like %s from signs_found where code = 'F14'",
                       "%nobody told that the child arrived%") == [(True,)]
    assert at_hand.ask("select count(*) from record_entry where kind = 'police.release'") == [(1,)]
