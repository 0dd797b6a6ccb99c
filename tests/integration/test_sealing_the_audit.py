"""The worker that seals the audit may do so, and what it sealed is found whole."""

from sightline.apps.access.acting import at_task
from sightline.apps.access.actions import keep_audit
from sightline.apps.access.sealing import seal, verify


def test_the_worker_seals_what_was_kept_and_finds_it_whole(transactional_db, as_worker):
    with as_worker(), at_task("test"):
        keep_audit(None, act="import file", writes=True)
    with as_worker(), at_task("seal"):
        sealed = seal()
    assert sealed is not None
    assert sealed.entries == 1
    with as_worker(), at_task("verify"):
        verdict = verify([(sealed.id, sealed.chain.hex())])
    assert (verdict.faults, verdict.entries, verdict.unsealed) == ((), 1, 0)
