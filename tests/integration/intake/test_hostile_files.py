"""Hostile and broken files through the real command: told in words, refused whole, and nothing of them left behind."""

import io
import random
import zipfile

import pytest
from django.db import connection

from sightline.domain.intake.feeds import FEEDS
from tests.partnership_at_hand import COUNCIL, HEAD, exclusion

BOMB = """<?xml version="1.0"?><!DOCTYPE Message [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><Message>&d;</Message>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]><Message>&x;</Message>"""
WHOLE = "\n".join([HEAD, *(exclusion(60_000 + n) for n in range(700))])


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def census_that_breaks_off():
    child = "<Child><ChildIdentifiers><LAchildID>K{}</LAchildID></ChildIdentifiers></Child>"
    return ("<Message><Header/><Children>" + "".join(child.format(n) for n in range(700))).encode()


HOSTILE = {
    "exclusions": {
        "empty.csv": b"",
        "heading.csv": b"what,is,this\n1,2,3\n",
        "noise.csv": random.Random(1).randbytes(5_000),
        "nul.csv": WHOLE.encode() + b"\n\x00\x00\x00\n",
        "formula.csv": f"{WHOLE}\n{exclusion(60_900).replace('X60900', '=cmd|calc!A1')}\n".encode(),
        "two-encodings.csv": f"{WHOLE}\n".encode() + "Zoë".encode() + b"," + "Zoë".encode("latin-1") + b"\n",
        "line.csv": WHOLE.encode() + b"\n" + b"x" * 3_000_000,
        "bomb.xlsx": zipped(**{"xl/workbook.xml": b"\0" * 60_000_000}),
        "half.xlsx": zipped(**{"xl/workbook.xml": b"<workbook/>"})[:-30],
        "programme.csv": b"\x7fELF" + random.Random(2).randbytes(2_000),
    },
    "cin-census": {
        "bomb.xml": BOMB.encode(),
        "outside.xml": OUTSIDE.encode(),
        "breaks-off.xml": census_that_breaks_off(),
        "deep.xml": b"<Message>" + b"<a>" * 100_000,
        "noise.xml": b"<?xml" + random.Random(3).randbytes(3_000),
    },
    "social-care-api": {
        "deep.json": b"[" * 200_000,
        "breaks-off.json": b'[{"la_child_id": "K1"}, {"la_child_id": ',
        "number.json": b'{"la_child_id": 1e999999}',
        "noise.json": b"{" + random.Random(4).randbytes(3_000),
    },
}


def held(at_hand):
    """Count everything that is held of anybody."""
    return at_hand.ask("select (select count(*) from people_person), (select count(*) from people_description),"
                       " (select count(*) from record_entry), (select count(*) from record_news),"
                       " (select count(*) from duties_owedduty), (select count(*) from duties_notice)")


@pytest.mark.parametrize("feed", HOSTILE)
def test_each_is_told_in_words_with_status_1_and_nothing_of_it_is_left_but_that_it_came(at_hand, tmp_path, feed):
    for name, content in HOSTILE[feed].items():
        (tmp_path / name).write_bytes(content)
    before = held(at_hand)
    status, told = at_hand.run("import", *(str(tmp_path / name) for name in HOSTILE[feed]), "--feed", feed,
                               "--from", COUNCIL)
    assert status == 1
    for name, document in zip(HOSTILE[feed], told["files"], strict=True):
        assert document["refused"] or document["turned_back"], (name, document)
        assert document["accepted"] == 0, (name, document)
        left = at_hand.ask("select state, refused_because <> '', rows, (select count(*) from intake_piece p"
                           " where p.submission_id = s.id), (select count(*) from intake_rowfault f"
                           " where f.submission_id = s.id) from intake_submission s where id = %s",
                           document["submission"])
        if document["refused"]:
            assert left == [("refused", True, 0, 0, 0)], (name, left)
    assert sum(document["refused"] is not None for document in told["files"]) >= len(HOSTILE[feed]) - 2
    assert held(at_hand) == before


@pytest.mark.parametrize("feed", FEEDS)
def test_noise_and_other_peoples_files_as_any_feed_leave_nothing_behind(send, as_worker, feed):
    """The real database, not the real command: what the flow of any feed leaves in it."""
    chance = random.Random(feed)
    for content in (chance.randbytes(4_000), b"a,b\n1,2\n", b"\xef\xbb\xbf", b"{}", b"<a/>"):
        facts = send(feed, "Knowsley Council", content)
        assert facts.state in ("refused", "done")
        assert facts.accepted == 0, content[:20]
        assert facts.refused_because or facts.turned_back or facts.rows == 0
    with as_worker({"sightline.task": "test"}), connection.cursor() as cursor:
        cursor.execute("select (select count(*) from people_person), (select count(*) from record_entry)")
        assert cursor.fetchone() == (0, 0)
