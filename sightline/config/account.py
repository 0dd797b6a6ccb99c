"""Which user of the machine PostgreSQL runs as: it refuses to run as root, whoever starts Sightline."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from sightline.config.refusal import Refusal

# A user of that name is the operator's own choice; the second is there on every machine.
_CANDIDATES = ("sightline", "nobody")


class NoAccount(Refusal):
    """There is no user that PostgreSQL could run as; the message says what to do."""


@dataclass(frozen=True)
class Account:
    """A user of the machine by name and number."""

    name: str
    uid: int
    gid: int


def account_for(cluster: Path) -> Account | None:
    """Choose the user for a cluster folder: None means the present one, who is not root.

    A cluster that exists is run by its owner. Raises NoAccount.
    """
    if os.geteuid() != 0:
        return None
    if cluster.is_dir() and (owner := cluster.stat().st_uid) != 0:
        return _owner(owner)
    for name in _CANDIDATES:
        try:
            return _account(pwd.getpwnam(name))
        except KeyError:
            continue
    raise NoAccount("PostgreSQL refuses to run as root, and there is no other user. Start Sightline as one.")


class RunsAs(TypedDict):
    """The arguments of `subprocess` that choose the user of a program."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None


def runs_as(account: Account | None) -> RunsAs:
    """Give the arguments of `subprocess` for a program that runs as `account`, in no group but its own."""
    if account is None:
        return RunsAs(user=None, group=None, extra_groups=None)
    return RunsAs(user=account.uid, group=account.gid, extra_groups=[])


def give_to(account: Account | None, path: Path) -> None:
    """Make `account` the owner of a path; nothing changes where PostgreSQL runs as the present user."""
    if account is not None:
        os.chown(path, account.uid, account.gid)


def _owner(uid: int) -> Account:
    try:
        return _account(pwd.getpwuid(uid))
    except KeyError:
        raise NoAccount(f"The database belongs to user number {uid}, whom this machine does not know.") from None


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
