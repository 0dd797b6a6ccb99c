"""Facts as they are told: what is absent is unknown, so nothing stands for it."""

from collections.abc import Mapping
from typing import Any


def told_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the facts that were told: neither None nor an empty list."""
    return {key: value for key, value in facts.items() if value is not None and value != ()}
