"""The audit only grows, and whatever somebody with every right does to it afterwards is found."""

import json
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection

from sightline.apps.access.acting import at_task
from sightline.apps.access.actions import keep_audit
from sightline.apps.access.anchors import Anchors, anchor, anchor_restore, anchors_in
from sightline.apps.access.sealing import FIRST_LINK, link, seal, verify

pytestmark = pytest.mark.alone

AT = datetime(2026, 5, 22, 10, 0, tzinfo=UTC)
CHILD = UUID(int=7)
ADD = "insert into access_auditentry (purpose, act, writes, refused, children, about)"
ADD += " values ('protect', %s, false, false, '{}', '{}')"


@pytest.fixture
def keep(transactional_db, as_worker):
    """Keep audit entries, each in a transaction of its own, and seal them; gives the seal."""

    def keeping(*acts):
        for act in acts:
            with as_worker(), at_task("test"):
                keep_audit(None, act=act, writes=True, children=[CHILD], about={"n": 1})
        with as_worker(), at_task("seal"):
            return seal()

    return keeping


@pytest.fixture
def whole(keep, as_worker):
    """Keep three sealed batches and one row that waits; gives what anybody may ask: the verdict with these anchors."""
    seals = [keep("one", "two", "three"), keep("four", "five"), keep("six")]
    with as_worker(), at_task("test"):
        keep_audit(None, act="seven")
    anchors = Anchors(tuple((one.id, one.chain.hex()) for one in seals))

    def asked():
        with as_worker(), at_task("verify"):
            return verify(anchors)

    return asked


@pytest.fixture
def superuser(transactional_db, postgres):
    """A session of somebody whom no trigger and no policy stops."""
    with psycopg.connect(postgres.dsn("administrator", connection.settings_dict["NAME"]), autocommit=True) as session:
        session.execute("set session_replication_role = replica")
        yield session


def test_what_was_kept_and_sealed_is_found_whole(whole):
    verdict = whole()
    assert (verdict.faults, verdict.entries, verdict.seals, verdict.unsealed) == ((), 6, 3, 1)


HARMS = {
    "a row says another act": (
        "update access_auditentry set act = 'none' where act = 'two'", "was changed"),
    "a row names another child": (
        "update access_auditentry set children = '{}' where act = 'two'", "was changed"),
    "a row is dated back": (
        "update access_auditentry set at = at - interval '1 day' where act = 'two'", "was changed"),
    "words move from one field to the next": (
        "update access_auditentry set act = '', purpose = act where act = 'two'", "was changed"),
    "a row in the middle is gone": (
        "delete from access_auditentry where act = 'two'", "was made over 3 rows; now there are 2"),
    "two rows have changed places": (
        ("update access_auditentry set id = case act when 'one' then 2000 else 1000 end,"
        " xid = (select min(xid::text)::xid8 from access_auditentry) where act in ('one', 'two')"), "was changed"),
    "a row is put under an old seal": (
        ("insert into access_auditentry (purpose, act, writes, refused, children, about, xid)"
        " select '', 'eight', false, false, '{}', '{}', xid from access_auditentry where act = 'two'"),
        "was made over 3 rows; now there are 4"),
    "a row is put into an era before": (
        ("insert into access_auditentry (purpose, act, writes, refused, children, about, era)"
        " values ('', 'eight', false, false, '{}', '{}', 0)"), "stand before the newest seal"),
    "the last sealed rows are gone": (
        "delete from access_auditentry where act in ('six', 'seven')", "was made over 1 rows; now there are 0"),
    "the last seal is gone with its rows": (
        ("with s as (delete from access_auditseal where id = (select max(id) from access_auditseal) returning from_xid)"
        " delete from access_auditentry where xid::text::numeric >= (select from_xid from s)"), "is gone or different"),
    "a seal in the middle is gone": (
        "delete from access_auditseal where id = 2", "a batch is missing"),
    "the first seal is gone": (
        "delete from access_auditseal where id = 1", "a batch is missing"),
    "everything is gone": (
        "truncate access_auditentry, access_auditseal", "is gone or different"),
    "a seal says another root": (
        "update access_auditseal set root = sha256('x') where id = 2", "does not follow"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_harm_that_a_superuser_does_is_found(whole, superuser, harm):
    statement, fault = HARMS[harm]
    superuser.execute(statement)
    assert fault in " ".join(whole().faults), whole().faults


def test_a_forger_who_seals_everything_anew_is_found_by_the_anchors_outside(whole, superuser, keep, as_worker):
    """He may compute every hash as we do; what he cannot reach is the newest link that was written elsewhere."""
    superuser.execute("update access_auditentry set act = 'none' where act = 'two'")
    superuser.execute("truncate access_auditseal restart identity")
    keep("eight")
    faults = whole().faults
    assert all("was anchored" in fault for fault in faults)
    assert len(faults) == 3


def test_a_seal_forged_onto_the_end_is_found(whole, superuser):
    superuser.execute(
        "insert into access_auditseal (era, from_xid, below_xid, entries, root, chain, sealed_at)"
        " select era, below_xid, below_xid + 1000000, 5, root, %s, now() from access_auditseal"
        " order by id desc limit 1",
        [link(FIRST_LINK, b"guessed")])
    faults = " ".join(whole().faults)
    assert "was made over 5 rows; now there are 1" in faults
    assert "does not follow" in faults


@pytest.mark.parametrize("statement", [
    "update access_auditentry set act = 'x'", "delete from access_auditentry", "truncate access_auditentry",
    "update access_auditseal set entries = 0", "delete from access_auditseal", "truncate access_auditseal",
    "alter table access_auditentry disable trigger all", "set session_replication_role = replica",
])
def test_neither_pages_nor_jobs_can_change_remove_or_empty_the_audit(db, as_web, as_worker, statement):
    for step in (as_web, as_worker):
        with pytest.raises(DatabaseError), step(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("table", ["access_auditentry", "access_auditseal"])
def test_not_even_the_owner_of_the_tables_can_do_it(whole, superuser, table):
    """Who owns a table may switch its triggers off, and no database prevents that: so the seals say it afterwards."""
    superuser.execute("set session_replication_role = origin")
    for statement in (f"update {table} set era = 7", f"delete from {table}", f"truncate {table}"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed or removed"):
            superuser.execute(statement)
    assert not whole().faults


@pytest.mark.parametrize("column", ["id", "at", "xid", "era"])
def test_nobody_who_adds_a_row_chooses_where_it_stands(db, as_web, as_worker, column):
    value = {"id": "9", "at": "'2020-01-01'", "xid": "'3'", "era": "9"}[column]
    for step in (as_web, as_worker):
        with pytest.raises(DatabaseError, match="permission denied"), step(), connection.cursor() as cursor:
            cursor.execute(f"insert into access_auditentry (purpose, act, writes, refused, children, about, {column})"
                           f" values ('', 'x', false, false, '{{}}', '{{}}', {value})")
        with step({"sightline.task": "test"}), connection.cursor() as cursor:
            cursor.execute(ADD, ["x"])


def test_who_looked_cannot_be_said_to_be_somebody_else(db, as_web):
    statement = ("insert into access_auditentry (officer_id, purpose, act, writes, refused, children, about)"
                 " values (%s, '', 'x', false, false, '{}', '{}')")
    with as_web({"sightline.officer": str(UUID(int=1))}), connection.cursor() as cursor:
        cursor.execute(statement, [UUID(int=1)])
    with (pytest.raises(DatabaseError, match="row-level security"),
          as_web({"sightline.officer": str(UUID(int=1))}), connection.cursor() as cursor):
        cursor.execute(statement, [UUID(int=2)])


def test_a_row_of_a_transaction_that_is_still_open_is_not_passed_by(keep, whole, postgres, as_worker):
    """It began before rows that are written by now: the line stays below it until it ends, and then nothing is lost."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(postgres.dsn("worker", name)) as slow, psycopg.connect(postgres.dsn("worker", name)) as quick:
        for session, act in ((slow, "slow"), (quick, "quick")):
            session.execute("select set_config('sightline.task', 'test', true)")
            session.execute(ADD, [act])
        quick.commit()
        assert keep("later") is not None  # the seventh row, which stood below the open one
        assert keep() is None
        assert whole().unsealed == 2
        slow.commit()
    sealed = keep()
    assert sealed.entries == 3
    verdict = whole()
    assert (verdict.faults, verdict.entries, verdict.unsealed) == ((), 10, 0)


def test_two_sealers_never_seal_at_once(keep, whole, postgres, as_worker):
    with psycopg.connect(postgres.dsn("worker", connection.settings_dict["NAME"])) as other:
        other.execute("select pg_advisory_xact_lock(7202)")
        assert keep("eight") is None
        other.rollback()
    assert keep().entries == 2
    assert not whole().faults


def test_an_era_that_ended_is_sealed_to_its_end_before_the_next_begins(whole, superuser, keep):
    """As after a restore elsewhere: the numbers of transactions begin anew, lower than those that were sealed."""
    superuser.execute("update access_auditentry set xid = (xid::text::bigint + 1000000)::text::xid8")
    superuser.execute("truncate access_auditseal restart identity")
    superuser.execute("alter table access_auditentry alter column era set default 2")
    first = keep("eight", "nine")
    assert (first.era, first.entries) == (1, 7)
    second = keep()
    assert (second.era, second.from_xid, second.entries) == (2, 0, 2)
    assert keep("ten").entries == 1


def test_without_a_file_of_anchors_the_verdict_says_that_a_cut_cannot_be_found(keep, as_worker):
    keep("one")
    with as_worker(), at_task("verify"):
        assert "No seal is anchored" in " ".join(verify(Anchors()).faults)


def test_anchors_say_what_a_restore_let_go_of_and_what_cannot_be_read(tmp_path):
    file = tmp_path / "anchors" / "audit.jsonl"
    assert anchors_in(file) == Anchors()
    for number in (1, 2, 3):
        anchor(seal=number, chain=bytes([number]), entries=1, file=file, at=AT)
    assert anchors_in(file).standing == ((1, "01"), (2, "02"), (3, "03"))
    anchor_restore(seal=1, chain=b"\x01", file=file, at=AT)
    anchor(seal=2, chain=b"\x05", entries=1, file=file, at=AT)
    read = anchors_in(file)
    assert read.standing == ((1, "01"), (1, "01"), (2, "05"))
    assert "Seals 2 to 3 were made after it" in read.let_go[0]
    assert read.faults == ()
    assert file.stat().st_mode & 0o077 == 0 or file.parent.stat().st_mode & 0o077 == 0


def test_a_line_that_a_crash_cut_off_is_passed_over_and_one_that_was_spoilt_is_not(tmp_path):
    file = tmp_path / "audit.jsonl"
    anchor(seal=1, chain=b"\x01", entries=1, file=file, at=AT)
    file.write_text(file.read_text() + json.dumps({"at": AT.isoformat(), "seal": 2, "chain": "02"})[:-9])
    assert anchors_in(file).standing == ((1, "01"),)
    anchor(seal=3, chain=b"\x03", entries=1, file=file, at=AT)
    assert anchors_in(file) == Anchors(((1, "01"), (3, "03")))
    file.write_bytes(b"\xff\x00 spoilt\n" + file.read_bytes())
    assert anchors_in(file).faults == ("Line 1 of the file of anchors cannot be read.",)
