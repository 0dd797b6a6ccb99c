"""Two children of Knowsley who may be one: Amara, who was excluded, and Zora, who is missing; and the doubt of them."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.people.answers import answer, answer_parting
from sightline.apps.people.models import Doubt, Identity
from tests.integration.conftest import NOW

PARTS = [
    {"comparison": "prior", "level": "", "words": "few pairs of records are of one child", "bits": -12.5},
    {"comparison": "first_name", "level": "DIFFERENT", "words": "first names differ", "bits": -6.2},
    {"comparison": "birth", "level": "SAME", "words": "same date of birth", "bits": 9.1},
    {"comparison": "home", "level": "SAME", "words": "same postcode", "bits": 8.4},
    {"comparison": "sex", "level": "SAME", "words": "same sex", "bits": 0.2},
]
BITS = -1.0


@dataclass
class Pair:
    """Hold two persons, one record of each, and the doubt; and let the cast answer it."""

    amara: UUID
    zora: UUID
    hers: UUID
    others: UUID
    doubt: UUID
    acting: Any
    as_worker: Any
    everything: Any

    def say(self, name: str, words: str, *, instead_of: str = "open", at: datetime = NOW, doubt: UUID | None = None):
        """Let somebody answer the doubt, and the worker carry it out."""
        with self.acting(name) as me:
            answer(doubt=doubt or self.doubt, answer=words, reason=f"{name} thinks so", officer=me.officer, at=at,
                   instead_of=instead_of)
        self.settle(at=at, doubt=doubt)

    def second(self, name: str, words: str, *, at: datetime = NOW, doubt: UUID | None = None) -> None:
        """Let somebody answer as the second officer, and the worker carry it out."""
        with self.acting(name) as me:
            answer_parting(doubt=doubt or self.doubt, answer=words, reason=f"{name} agrees", officer=me.officer, at=at)
        self.settle(at=at, doubt=doubt)

    def settle(self, *, at: datetime = NOW, doubt: UUID | None = None) -> None:
        """Carry out what was answered, as the job does."""
        with self.as_worker():
            flow.settle(doubt or self.doubt, at=lambda: at)

    def person_of(self, identity: UUID) -> UUID:
        """Give whose record it is now."""
        with self.as_worker(), at_task("test"):
            return Identity.objects.get(pk=identity).person_id

    def ask(self, one: UUID, other: UUID, **told: Any) -> UUID:
        """Open a doubt between two records."""
        with self.as_worker(), at_task("test"):
            one, other = sorted((one, other))
            return Doubt.objects.create(one_id=one, other_id=other, because=["same postcode"], opened_at=NOW,
                                        **told).pk


def record_of(send: Any, everything: Any, agency: str, key: str, **told: Any) -> tuple[UUID, UUID]:
    """Let an agency tell one entry of a child of its own key; gives the record and its person."""
    line = {"id": f"{key}-1", "child": key, "kind": "child.home", "at": "2026-05-01", "by": agency,
            "place": {"postcode": "L36 9YZ"}, **told}
    assert send("timeline", agency, json.dumps(line)).accepted == 1
    return everything("select id, person_id from people_identity where key = %s", key)[0]


@pytest.fixture
def pair(amara, send, everything, acting, as_worker) -> Pair:
    """Let the police miss Zora, of whom Knowsley tells the home, and somebody doubt whether she is Amara."""
    zora = {"given": "Zora", "family": "Mensah", "born_on": "2010-09-09", "sex": "F", "postcode": "L36 9YZ"}
    others, person = record_of(send, everything, "Merseyside Police", "z1", identity=zora)
    missing = {"id": "z2", "child": "z1", "kind": "missing.reported", "by": "Merseyside Police",
               "at": (NOW - timedelta(hours=5)).isoformat(), "identity": zora}
    assert send("timeline", "Merseyside Police", json.dumps(missing)).accepted == 1
    ((hers,),) = everything("select id from people_identity where person_id = %s", amara)
    found = Pair(amara, person, hers, others, UUID(int=0), acting, as_worker, everything)
    found.doubt = found.ask(hers, others, bits=BITS, parts=PARTS, model="0123456789abcdef")
    return found
