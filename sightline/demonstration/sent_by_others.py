"""What health services, charities, and the police as first responders send: entries of a timeline, one a line."""

from datetime import datetime
from typing import Any

from sightline.demonstration.families import Child
from sightline.demonstration.happened import Life, Told
from sightline.demonstration.records import Desk
from sightline.demonstration.sent_by_police import force_name
from sightline.demonstration.sent_by_schools import file_word
from sightline.demonstration.support_life import CHARITIES, HOSPITALS

HEALTH = frozenset(name for name, _ in HOSPITALS.values())
CHARITY = frozenset(CHARITIES.values())


def send_told_life(child: Child, life: Life, desk: Desk) -> None:
    """Write what health services, charities and first responders send of one child."""
    for number, one in enumerate(life.told, start=1):
        _send(child, one, number, desk)


def _send(child: Child, one: Told, number: int, desk: Desk) -> None:
    kind = "health" if one.teller in HEALTH else "charity" if one.teller in CHARITY else "police"
    on = one.at.date() if isinstance(one.at, datetime) else one.at
    record = desk.records.of(child, agency=one.teller, kind=kind, on=on)
    held = record.held
    teller = force_name(one.teller)
    name = f"timeline-{file_word(teller)}.jsonl"
    identity = {"given": held.given, "family": held.family, "born_on": held.born_on and held.born_on.isoformat(),
                "sex": held.sex, "nhs": held.nhs, "upn": held.upn, "postcode": held.postcode}
    entry: dict[str, Any] = {
        "id": f"{file_word(teller)}-{record.key}-{number}", "child": f"{file_word(teller)}-{record.key}",
        "kind": one.kind, "at": one.at.isoformat(), "by": teller, "facts": dict(one.facts),
        "identity": {key: value for key, value in identity.items() if value is not None}}
    if one.postcode:
        entry["place"] = {"postcode": one.postcode}
    row = desk.out.json(name, feed="timeline", sent_by=teller, lines=True).write(entry)
    desk.records.truth.row(name, row, record.key, child)
