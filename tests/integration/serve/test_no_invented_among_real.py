"""The demonstration is never loaded into a Sightline that somebody has begun to use in earnest."""

import json

from tests.running import command, running_sightline


def test_the_demonstration_is_refused_where_agencies_of_ones_own_are_kept(tmp_path):
    data = tmp_path / "data"
    with running_sightline(data) as running:
        added = command(data, "agency", "add", "Halton", "--kind", "council", "--area", "Halton", "--contact", "Ruth")
        assert added.returncode == 0, added.stderr
        assert running.stop() == 0
    done = command(data, "up", "--children", "1", "--json")
    assert done.returncode == 1
    assert "sightline serve" in json.loads(done.stdout)["refused"]
    assert not (data / "demonstration-files").exists()
    assert not (data / "demonstration.json").exists()
