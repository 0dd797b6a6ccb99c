"""Every state of a duty can be opened and says itself in words, one that is no longer owed included."""

import re

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.duties.models import OwedDuty
from sightline.apps.duties.queries import duties_of

WORDS = {"open": "Open", "met": "Met", "late": "Late", "missed": "Missed", OwedDuty.ENDED: "No longer owed"}


@pytest.mark.parametrize("state", [state for state, _ in OwedDuty.STATES])
def test_a_duty_in_each_state_opens_and_says_so(amara, acting, as_worker, browse, state):
    with acting("Beth"):
        duty = next(d for d in duties_of(amara, most=50) if d.code == "D-EX-4")
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute("update duties_owedduty set state = %s where id = %s", [state, duty.id])
    with browse("Beth") as client:
        answer = client.get(f"/duties/{duty.id}/")
        assert answer.status_code == 200
        assert WORDS[state] in answer.content.decode()
        assert (b"Take it on" in answer.content) == (state in ("open", "late"))
        child, inbox = (client.get(address) for address in (f"/children/{amara}/", "/inbox/"))
        assert (child.status_code, inbox.status_code) == (200, 200)
        listed = child.content.decode()
        assert ('id="met"' in listed) == (state == "met")
        assert ('id="missed"' in listed) == (state == "missed")


def test_what_is_late_stands_under_late_in_the_inbox(amara, acting, as_worker, browse):
    with acting("Beth"):
        ids = [d.id for d in duties_of(amara, most=50) if d.code == "D-EX-4"]
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute("update duties_owedduty set state = 'late' where id = any(%s)", [ids])
    with browse("Beth") as client:
        headings = re.findall(r"<h2[^>]*>\s*([^<]+?)\s*</h2>", client.get("/inbox/").content.decode())
    assert "Late" in headings
