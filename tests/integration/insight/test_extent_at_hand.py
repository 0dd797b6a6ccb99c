"""`sightline extent --own` on a deployment that runs: estimated from its record, kept, and written into a folder."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.partnership_at_hand import PartnershipAtHand


def test_own_lists_are_estimated_kept_and_written_into_a_folder(at_hand: PartnershipAtHand, tmp_path):
    status, found = at_hand.run("extent", "--own")
    assert (status, found["range"], found["observed"]) == (1, None, 0)
    assert [one["code"] for one in found["refused"]] == ["no-lists"]
    seen = datetime.now(UTC) - timedelta(days=3)
    path = tmp_path / "told.jsonl"
    path.write_text(json.dumps({
        "id": "e1", "child": "c1", "kind": "observed.sign", "at": seen.isoformat(), "by": "a teacher",
        "facts": {"sign": "C11", "seen": "cash"},
        "identity": {"given": "Ada", "family": "Berg", "born_on": "2012-05-04"}}) + "\n")
    assert at_hand.run("import", str(path), "--feed", "timeline", "--from", "Brook High School")[0] == 0
    status, found = at_hand.run("extent", "--own", "--pictures", str(tmp_path / "p"))
    assert (status, found["range"], found["observed"]) == (1, None, 1)
    assert "too-few-lists" in [one["code"] for one in found["refused"]]
    assert {one.name for one in (tmp_path / "p").iterdir()} >= {"overlaps.svg", "combinations.csv"}
    rows = at_hand.ask("select definition, histories, request_id from insight_extent order by made_at")
    assert rows == [("E1, edition 1", {}, None), ("E1, edition 1", {"1": 1}, None)]


@pytest.mark.parametrize("period", [("--until", "2999-01-01"), ("--from", "2026-02-01", "--until", "2026-01-01")])
def test_a_period_that_cannot_be_is_refused(at_hand: PartnershipAtHand, period):
    status, found = at_hand.run("extent", "--own", *period)
    assert status == 1
    assert "The period must begin" in found["refused"]
