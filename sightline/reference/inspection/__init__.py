"""What is measured for inspectors, and the frameworks under whose topics it stands: data with source and edition."""

from functools import cache
from importlib.resources import files


@cache
def frameworks_text() -> str:
    """Give the frameworks of inspections as TOML (domain.insight.frameworks reads it)."""
    return (files(__package__) / "frameworks.toml").read_text(encoding="utf-8")


@cache
def measures_text() -> str:
    """Give the definitions of the measures as TOML (domain.insight.measures reads it)."""
    return (files(__package__) / "measures.toml").read_text(encoding="utf-8")
