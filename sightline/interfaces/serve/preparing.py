"""Bring the database and the static files up to date, as the owner of the tables, in a process of its own.

The supervisor and the restricted processes never hold the owner's rights; this process does, and ends.
"""

import hashlib
import importlib.metadata
import logging
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

import sightline
from sightline.config.environment import Environment, variables_for_child
from sightline.config.folders import DataFolder
from sightline.config.preparation import prepare
from sightline.config.refusal import Refusal
from sightline.config.secrets import password_of, secret
from sightline.config.server import Server

_MARK = ".made-from"
_SAYS = "brought up to date by Sightline "


class NotBroughtUpToDate(Refusal):
    """Migrations or static files could not be finished; the message says where to look."""


def bring_up_to_date(environment: Environment, server: Server, *, always: bool = False) -> list[str]:
    """Prepare roles and database of a running server, then migrations, grants and static files; gives warnings.

    Unless `always` is set, what this very program has already brought up to date is left alone: the database itself
    says so, and the data folder for the static files. Raises a Refusal.
    """
    folder = DataFolder(environment.data)
    warnings = prepare(server, password=lambda role: secret(folder.secrets, password_of(role)))
    program = fingerprint_of_program()
    mark = folder.path / "prepared-by"
    if always or _said_by(mark) != program or _said_by_database(server) != program:
        _bring_up_to_date(environment, folder)
        _let_database_say(server, program)
        mark.write_text(program)
    return warnings


def fingerprint_of_program() -> str:
    """Describe all files of Sightline by name, size and time of change, and every installed package by its version."""
    told = hashlib.sha256()
    root = Path(sightline.__file__).parent
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            found = path.stat()
            told.update(f"{path.relative_to(root)} {found.st_size} {found.st_mtime_ns}\n".encode())
    for package in sorted(f"{one.name} {one.version}" for one in importlib.metadata.distributions()):
        told.update(package.encode() + b"\n")
    return told.hexdigest()


def _said_by(mark: Path) -> str | None:
    return mark.read_text("utf-8", "replace") if mark.is_file() else None


def _said_by_database(server: Server) -> str | None:
    with psycopg.connect(server.dsn("owner"), connect_timeout=10) as session:
        row = session.execute("select obj_description('public'::regnamespace)").fetchone()
    return str(row[0]).removeprefix(_SAYS) if row else None


def _let_database_say(server: Server, program: str) -> None:
    with psycopg.connect(server.dsn("owner"), connect_timeout=10) as session:
        session.execute(sql.SQL("comment on schema public is {}").format(sql.Literal(_SAYS + program)))


def _bring_up_to_date(environment: Environment, folder: DataFolder) -> None:
    done = subprocess.run(
        [sys.executable, "-m", __name__],
        env=variables_for_child(environment, "owner"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        check=False,
    )
    if done.returncode:
        with (folder.logs / "owner.log").open("ab") as log:
            log.write(done.stderr)
        raise NotBroughtUpToDate(
            f"The database could not be brought up to date. What happened is in {folder.logs / 'owner.log'}; "
            "nothing of the step that failed was kept."
        )


def main() -> int:
    """Do the work with Django; gives the exit status."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from sightline.config.environment import read_environment
    from sightline.config.grants import grant
    from sightline.config.server import server_of

    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        grant(server_of(read_environment()).dsn("owner"))
        collect_static_files(Path(settings.STATIC_ROOT))
    except Exception:
        logging.getLogger(__name__).exception("not brought up to date")
        return 1
    return 0


def collect_static_files(into: Path) -> bool:
    """Collect, name and compress the static files if any changed since; says whether it did."""
    from django.core.management import call_command

    mark = into / _MARK
    fingerprint = _fingerprint()
    if mark.is_file() and mark.read_text() == fingerprint:
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark.write_text(fingerprint)
    return True


def _fingerprint() -> str:
    """Describe all static files by name, size and time of change, without reading them."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    told = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            told.update(f"{path} {storage.size(path)} {storage.get_modified_time(path).timestamp()}\n".encode())
    return told.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
