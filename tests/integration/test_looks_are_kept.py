"""No page shows anything of a child without a row that says who looked, why and at whom, in the page's own transaction.

A look that cannot be recorded is not given.
"""

import pytest
from django.db import connection

from sightline.apps.access.models import AuditEntry
from sightline.apps.duties.queries import duties_of, notices_about
from sightline.apps.signs.queries import signs_of

REFUSING = """
create function refuse_audit() returns trigger language plpgsql as $$ begin raise exception 'full'; end $$;
create trigger refuse before insert on access_auditentry for each row execute function refuse_audit();
"""
AMARA = {"given": "Amara", "family": "Okafor", "born_on_day": "3", "born_on_month": "4", "born_on_year": "2011"}


@pytest.fixture
def pages(amara, acting):
    """Give every address that may show something of Amara, with what is posted to it, if anything is."""
    with acting("Beth"):
        duty = next(d for d in duties_of(amara, most=50) if d.code == "D-EX-4")
        sign, notice = signs_of(amara)[0], notices_about(amara, most=50)[0]
    of_amara = [f"/children/{amara}/", f"/children/{amara}/decide/", f"/duties/{duty.id}/", f"/signs/{sign.id}/close/",
                f"/notices/{notice.id}/"]
    looked_at = [*of_amara, "/inbox/", "/notices/", "/doubts/", "/find/"]
    return [(address, None) for address in looked_at] + [("/find/", AMARA)]


def rows():
    with connection.cursor() as cursor:
        cursor.execute("set local role sightline_worker")
        kept = list(AuditEntry.objects.order_by("id"))
        cursor.execute("set local role sightline_web")
    return kept


def ask(client, address, posted):
    return client.get(address) if posted is None else client.post(address, posted)


def test_each_page_keeps_one_row_and_names_whom_it_showed(pages, amara, browse, partnership):
    shown = 0
    with browse("Beth") as client:
        work = client.session["work"]
        for address, posted in pages:
            before = len(rows())
            answer = ask(client, address, posted)
            assert answer.status_code in (200, 302), (address, answer.status_code)
            kept = rows()[before:]
            assert len(kept) == 1, (address, [row.act for row in kept])
            (row,) = kept
            assert (row.officer_id, row.agency_id, str(row.work_id), row.purpose) == (
                partnership.officers["Beth"], partnership.agencies["Knowsley Council"], work, "assess"), address
            names_amara = b"Okafor" in answer.content or (answer.status_code == 302 and str(amara) in answer.url)
            assert not names_amara or amara in row.children, (address, posted)
            shown += names_amara
    assert shown >= 6


def test_a_refused_look_is_kept_as_refused_and_names_the_address(pages, amara, browse, partnership):
    with browse("Carl") as client:
        before = len(rows())
        assert client.get(f"/children/{amara}/").status_code == 404
        (row,) = rows()[before:]
        assert (row.officer_id, row.refused, row.about) == (partnership.officers["Carl"], True, {"person": str(amara)})


def test_looking_who_looked_is_a_look(pages, amara, browse, partnership):
    with browse("Mary") as client:
        before = len(rows())
        assert client.get(f"/children/{amara}/looks/").status_code == 200
        (row,) = rows()[before:]
        assert (row.officer_id, row.children) == (partnership.officers["Mary"], [amara])


def test_where_the_audit_cannot_be_written_nothing_is_shown_and_nothing_done(pages, amara, browse):
    with browse("Beth") as client:
        assert b"Okafor" in client.get(f"/children/{amara}/").content
    with connection.cursor() as cursor:
        cursor.execute(REFUSING)
    with browse("Beth") as client:
        client.raise_request_exception = False
        for address, posted in pages:
            answer = ask(client, address, posted)
            assert answer.status_code == 500, address
            assert b"Okafor" not in answer.content, address
            assert b"Amara" not in answer.content, address
        decided = client.post(f"/children/{amara}/decide/", {"outcome": "No further action", "reasons": "a test"})
        assert decided.status_code == 500
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from record_entry where kind = 'decision.made'")
        assert cursor.fetchone() == (0,)
