"""The data folder: everything that a running Sightline keeps, closed to all other users of the machine."""

import os
from dataclasses import dataclass
from pathlib import Path

from sightline.config.refusal import Refusal

# What a freshly made file system puts into an empty folder by itself.
_NOT_OURS_BUT_HARMLESS = {"lost+found", ".DS_Store"}


class UnusableFolder(Refusal):
    """The data folder cannot be used; the message says why and what to choose instead."""


@dataclass(frozen=True)
class DataFolder:
    """Name what lies where in the data folder `path`."""

    path: Path

    @property
    def secrets(self) -> Path:
        """Passwords and keys, one file each."""
        return self.path / "secrets"

    @property
    def postgres(self) -> Path:
        """The embedded PostgreSQL: programs, cluster, socket."""
        return self.path / "postgres"

    @property
    def logs(self) -> Path:
        """What the processes say while they run."""
        return self.path / "logs"

    @property
    def static(self) -> Path:
        """Style sheets, scripts and pictures as they are served."""
        return self.path / "static"

    @property
    def uploads(self) -> Path:
        """Files that somebody is just sending, as long as they are being sent."""
        return self.path / "uploads"

    @property
    def anchors(self) -> Path:
        """The newest seals of the audit, outside the database that they guard."""
        return self.path / "anchors" / "audit.jsonl"

    @property
    def demonstration(self) -> Path:
        """The log-ins of the demonstration; there only when it was loaded."""
        return self.path / "demonstration.json"

    @property
    def exists(self) -> bool:
        """Say whether Sightline has been started in this folder before. Raises UnusableFolder if we may not look."""
        try:
            return self.secrets.is_dir()
        except PermissionError:
            raise UnusableFolder(self._somebody_elses()) from None

    def make(self) -> "DataFolder":
        """Make the folder and its parts for the present user alone; may be repeated.

        A folder that was there before keeps its mode: it may be a mount, or somebody's home by mistake.
        Raises UnusableFolder.
        """
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._refuse_what_is_not_ours()
            for part in (self.secrets, self.logs, self.static, self.uploads):
                part.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise UnusableFolder(
                f"The data folder {self.path} cannot be used ({error.strerror}). "
                "Name one that you may write to in SIGHTLINE_DATA."
            ) from None
        return self

    def _refuse_what_is_not_ours(self) -> None:
        if not self.exists:
            others = {entry.name for entry in self.path.iterdir()} - _NOT_OURS_BUT_HARMLESS
            if others:
                raise UnusableFolder(
                    f"The folder {self.path} holds other things. Name a new or an empty folder in SIGHTLINE_DATA."
                )
        elif os.geteuid() not in (0, self.secrets.stat().st_uid):
            raise UnusableFolder(self._somebody_elses())

    def _somebody_elses(self) -> str:
        return (
            f"The data folder {self.path} belongs to another user of this machine. "
            "Start Sightline as that user, or name another folder in SIGHTLINE_DATA."
        )
