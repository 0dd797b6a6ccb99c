"""Keep an estimate with a range in the product that runs, as its worker does: run as a program with its data folder."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "samples/extent/UKdat_5.csv"
NAMES = ("Children’s social care", "Charities", "Police", "Schools and education", "Health")
RATE = {"share": 0.01, "low": 0.0, "high": 0.02}


def main() -> None:
    """Estimate from the published British lists, under the names of ours, and keep it."""
    os.environ["SIGHTLINE_ROLE"] = "worker"
    os.environ["DJANGO_SETTINGS_MODULE"] = "sightline.config.settings"
    import django

    django.setup()
    from django.db import connection

    from sightline.apps.access.acting import at_task
    from sightline.apps.insight.extents import ExtentFacts, keep
    from sightline.domain.insight.estimating import estimate_extent
    from sightline.domain.insight.linkage_error import LinkageError
    from sightline.domain.insight.own_lists import DEFINITION
    from sightline.domain.insight.recording import as_record
    from sightline.domain.insight.refusing import Circumstances
    from sightline.domain.insight.tables import Table
    from sightline.interfaces.cli.lists_file import read_lists

    read = read_lists(SAMPLE)
    table = Table(NAMES, read.counts)
    limits = (LinkageError(0.0, 0.02), LinkageError(0.02, 0.0))
    found = estimate_extent(table, replicates=50, circumstances=Circumstances(
        linked=True, linkage=LinkageError(0.01, 0.01), linkage_limits=limits, population=500_000,
        definition=DEFINITION.words))
    now = datetime.now(UTC)
    with at_task("test"):
        with connection.cursor() as cursor:
            cursor.execute("select gen_random_uuid()")
            (id_,) = cursor.fetchone()
        keep(ExtentFacts(
            id=id_, from_at=now - timedelta(days=365), until_at=now, made_at=now, definition=DEFINITION.named,
            definition_words=DEFINITION.words, lists=table.lists,
            histories={int(history): int(number) for history, number in zip(table.histories, table.counts, strict=True)
                       if number},
            left_out={"age": 12, "home": 3, "shielded": 2, "explained": 40},
            covered={name: {"agencies": 3, "told": 1200, "first_at": now.isoformat()} for name in NAMES},
            links={"judged": {}, "measured": {"missed": RATE, "false": RATE, "short_of": []}}, population=500_000,
            seed=found.seed, replicates=found.replicates, answer=as_record(found)), request=None)


if __name__ == "__main__":
    main()
