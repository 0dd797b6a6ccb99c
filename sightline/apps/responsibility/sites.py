"""Keep the custody suites and children's homes that a partnership tells, and give them as rules read them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from sightline.apps.responsibility.models import KeptSite
from sightline.domain.responsibility.sites import Site, SiteKind, Sites, require_no_overlap


@transaction.atomic
def keep_sites(told: Iterable[Site], *, at: datetime) -> int:
    """Add or renew sites, and give how many are kept; one is renewed by its kind, name, force and first day.

    None is ever removed: a site that closed is told again with its last day. Raises SitesRefused where two tellings of
    a site would overlap in time.
    """
    for site in told:
        KeptSite.objects.update_or_create(
            kind=site.kind.value, name=site.name, force=site.force or "", since=site.since,
            defaults={"postcode": site.postcode or "", "council": site.council or "", "until": site.until,
                      "kept_at": at})
    kept = kept_sites()
    require_no_overlap(kept.all)
    return len(kept.all)


def kept_sites() -> Sites:
    """Give every site that is kept, by name."""
    return _sites(KeptSite.objects.all())


def suites_kept() -> Sites:
    """Give the custody suites that are kept, by name."""
    return _sites(KeptSite.objects.filter(kind=SiteKind.SUITE.value))


def _sites(rows: "QuerySet[KeptSite]") -> Sites:
    return Sites(tuple(
        Site(SiteKind(one.kind), one.name, one.postcode or None, one.council or None, one.force or None, one.since,
             one.until)
        for one in rows.order_by("kind", "name", "since")))
