"""The data folder is closed to others, is never somebody else's by mistake, and makes each secret once."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from sightline.config.folders import DataFolder, UnusableFolder
from sightline.config.secrets import LostSecret, secret


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_and_its_secrets_are_closed_to_all_others(tmp_path):
    folder = DataFolder(tmp_path / "new" / "data").make()
    assert [mode(path) for path in (folder.path, folder.secrets, folder.logs, folder.static)] == [0o700] * 4
    secret(folder.secrets, "web.password")
    assert mode(folder.secrets / "web.password") == 0o600


def test_making_it_again_changes_nothing(tmp_path):
    folder = DataFolder(tmp_path / "data").make()
    kept = secret(folder.secrets, "mfa.key")
    assert secret(DataFolder(tmp_path / "data").make().secrets, "mfa.key") == kept


def test_a_folder_that_holds_other_things_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("dear all")
    with pytest.raises(UnusableFolder, match="holds other things"):
        DataFolder(tmp_path).make()
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_mounted_folder_keeps_its_mode(tmp_path):
    mount = tmp_path / "mount"
    mount.mkdir(mode=0o755)
    (mount / "lost+found").mkdir()
    DataFolder(mount).make()
    assert mode(mount) == 0o755


def test_a_file_in_the_place_of_the_folder_is_refused_in_words(tmp_path):
    (tmp_path / "data").write_text("")
    with pytest.raises(UnusableFolder, match="SIGHTLINE_DATA"):
        DataFolder(tmp_path / "data").make()


def test_all_who_race_for_a_secret_get_the_same(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        told = set(pool.map(lambda _: secret(tmp_path, "django.key"), range(32)))
    assert len(told) == 1
    assert len(told.pop()) == 44


def test_two_secrets_are_different(tmp_path):
    assert secret(tmp_path, "web.password") != secret(tmp_path, "worker.password")


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe"])
def test_a_secret_that_was_emptied_is_never_made_anew(tmp_path, content):
    path = tmp_path / "mfa.key"
    path.write_bytes(content)
    with pytest.raises(LostSecret, match=r"mfa\.key"):
        secret(tmp_path, "mfa.key")
    assert path.read_bytes() == content


def test_a_half_written_draft_of_a_killed_process_is_no_secret(tmp_path):
    (tmp_path / ".web.password.draft").write_text("half")
    assert len(secret(tmp_path, "web.password")) == 44
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "web.password"]
