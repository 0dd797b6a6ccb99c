"""The log-ins of the demonstration, for a visitor to see where Sightline prints its address."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class LogIn:
    """One invented officer a visitor may sign in as; `who` says name, work and agency in words."""

    who: str
    email: str
    password: str


def demonstration_log_ins(path: Path) -> list[LogIn]:
    """Read the log-ins from demonstration.json of the data folder; none where no demonstration was loaded.

    The file is `{"log_ins": [{"who": ..., "email": ..., "password": ...}]}`.
    """
    try:
        told = json.loads(path.read_text("utf-8"))["log_ins"]
        return [LogIn(str(one["who"]), str(one["email"]), str(one["password"])) for one in told]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError):
        return [LogIn("The list of log-ins cannot be read. Load the demonstration again.", "", "")]
