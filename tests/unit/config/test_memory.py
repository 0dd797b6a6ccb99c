"""The memory that the database may keep follows the machine, and a container's limit where there is one."""

import psutil
import pytest

from sightline.config import cluster
from sightline.config.memory import memory_bytes

HERE = "system.slice/sightline.service"


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Give a machine of 16 GiB whose groups have the limits that a test writes: machine({"a/memory.max": "max"})."""
    monkeypatch.setattr(psutil, "virtual_memory", lambda: type("Memory", (), {"total": 16 << 30}))

    def made(limits, group=HERE):
        for file, told in limits.items():
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_text(f"{told}\n")
        (tmp_path / "own").write_text(f"4:memory:/elsewhere\n0::/{group}\n")
        return memory_bytes(tmp_path, tmp_path / "own")

    return made


@pytest.mark.parametrize(("limits", "gib"), [
    ({}, 16),
    ({"memory.max": "max"}, 16),
    ({"memory.max": str(2 << 30)}, 2),
    ({f"{HERE}/memory.max": str(3 << 30)}, 3),
    ({f"{HERE}/memory.max": str(3 << 30), "system.slice/memory.max": str(1 << 30)}, 1),
    ({f"{HERE}/memory.max": "max", "memory/memory.limit_in_bytes": str(4 << 30)}, 4),
    ({"memory/memory.limit_in_bytes": str((1 << 63) - 4096)}, 16),
    ({"memory.max": "no number"}, 16),
])
def test_the_least_limit_around_the_process_counts(machine, limits, gib):
    assert machine(limits) == gib << 30


def test_without_groups_it_is_the_machines(tmp_path):
    assert memory_bytes(tmp_path / "none", tmp_path / "none") == psutil.virtual_memory().total


@pytest.mark.parametrize(("gib", "kept"), [(0.25, "128MB"), (4, "1024MB"), (24, "6144MB"), (256, "8192MB")])
def test_the_database_keeps_a_quarter_within_bounds(monkeypatch, gib, kept):
    monkeypatch.setattr(cluster, "memory_bytes", lambda: int(gib * (1 << 30)))
    assert cluster.settings(sockets="run", durable=True)["shared_buffers"] == kept
    assert cluster.settings(sockets="run", durable=False)["shared_buffers"] == "128MB"
