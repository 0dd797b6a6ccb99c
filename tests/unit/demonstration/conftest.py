"""One invented partnership for all tests of it: made once."""

from datetime import date

import pytest

from sightline.demonstration.partnership import write

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def partnership(tmp_path_factory):
    """Give the folder and the manifest of 300 children."""
    folder = tmp_path_factory.mktemp("partnership")
    return folder, write(folder, seed=1, children=300, today=TODAY)


@pytest.fixture(scope="session")
def thousands(tmp_path_factory):
    """Give the folder and the manifest of 6,000 children: enough to compare rates."""
    folder = tmp_path_factory.mktemp("thousands")
    return folder, write(folder, seed=7, children=6000, today=TODAY)
