"""The optional rail package: built from its folder, found by its entry point alone, and missed by nothing."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sightline.domain.custody.distance import apart, areas_in_words, distance_in_words
from sightline.reference import railway

PROJECT = Path(__file__).parents[3]
PACKAGE = PROJECT / "packages/sightline-rail"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the package as anybody would, without a network, and unpack it as an installer does."""
    folder = tmp_path_factory.mktemp("rail")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=PACKAGE,
                   check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


@pytest.fixture
def with_the_package(installed: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[railway.Network]:
    """Put the package where Python looks, for one test."""
    monkeypatch.syspath_prepend(str(installed))
    railway.network.cache_clear()
    found = railway.network()
    assert found is not None
    yield found
    railway.network.cache_clear()
    for name in [name for name in sys.modules if name.startswith("sightline_rail")]:
        del sys.modules[name]


def test_without_the_package_there_is_no_network_and_postcodes_do():
    railway.network.cache_clear()
    assert railway.network() is None
    assert apart("Workington", "Liverpool Lime Street", network=railway.network()) is None
    assert apart("CA14 3YD", "L13 4WX", network=railway.network()) is not None


def test_with_it_stations_have_a_place_and_a_way_by_rail(with_the_package):
    found = apart("Workington station", "Liverpool Lime Street", network=with_the_package)
    assert distance_in_words(found) == (
        "about 143 km in a straight line, from stations; about 200 km by rail, through the areas of Cumbria, "
        "Lancashire and Merseyside")
    assert areas_in_words([found]) == "Cumberland (Cumbria), then Liverpool (Merseyside)"


@pytest.mark.parametrize("words", ["Carlisle", "carlisle station", "Carlisle, platform 4", "Carlisle (CAR)",
                                   "CARLISLE RAILWAY STATION"])
def test_a_station_is_found_as_people_write_it(with_the_package, words):
    assert with_the_package.station(words).crs == "CAR"


@pytest.mark.parametrize("words", ["", "nowhere", "the station", "her mother's home", "()"])
def test_what_names_no_station_finds_none(with_the_package, words):
    assert with_the_package.station(words) is None


def test_a_station_far_from_the_network_has_a_place_and_no_way(with_the_package):
    found = apart("Workington", "Shanklin", network=with_the_package)
    assert found.rail_km is None
    assert found.end.council == "Isle of Wight"


def test_a_way_is_as_long_in_both_directions_and_longer_than_the_straight_line(with_the_package):
    names = ["Workington", "Liverpool Lime Street", "Perth", "Penzance", "Norwich", "Cardiff Central"]
    stations = [with_the_package.station(name) for name in names]
    for one in stations:
        for other in stations:
            there, back = with_the_package.way(one, other), with_the_package.way(other, one)
            assert there[0] == pytest.approx(back[0])
            assert set(there[1]) == set(back[1])
            if one is not other:
                straight = apart(one.name, other.name, network=with_the_package).km
                assert there[0] > straight - 3, (one.name, other.name)  # the nodes lie up to 2 km off


def test_a_package_that_cannot_be_read_is_logged_and_does_without(tmp_path, monkeypatch, caplog):
    (tmp_path / "broken_rail-1.dist-info").mkdir()
    (tmp_path / "broken_rail-1.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: broken-rail\nVersion: 1\n")
    (tmp_path / "broken_rail-1.dist-info/entry_points.txt").write_text("[sightline.railway]\nx = broken_rail:network\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    railway.network.cache_clear()
    assert railway.network() is None
    assert "cannot be used" in caplog.text
    railway.network.cache_clear()


def test_sightline_never_imports_it_and_says_its_licence():
    named = [path for path in (PROJECT / "sightline").rglob("*.py")
             if re.search(r"^\s*(from|import) sightline_rail", path.read_text("utf-8"), re.MULTILINE)]
    assert named == []
    assert "ODbL" in (PACKAGE / "LICENCE.md").read_text("utf-8")
    assert "sightline-rail" not in (PROJECT / "requirements/runtime.txt").read_text("utf-8")
