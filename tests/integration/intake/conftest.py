"""One database for all tests of this folder; each sends files of children of its own."""

from collections.abc import Iterator

import pytest
from partnership_at_hand import PartnershipAtHand, partnership_at_hand


@pytest.fixture(scope="session")
def at_hand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PartnershipAtHand]:
    """Run a database with two agencies, once for a run."""
    with partnership_at_hand(tmp_path_factory.mktemp("intake")) as made:
        yield made
