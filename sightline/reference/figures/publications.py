"""Whose each table is, when it was published, under which licence, and what its marks mean."""

from collections.abc import Mapping
from dataclasses import dataclass

LICENCE = "Open Government Licence v3.0"
LICENCE_ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
EXPLORE = "https://explore-education-statistics.service.gov.uk/find-statistics/"
HELD_BACK = "Held back"
NOT_AVAILABLE = "Not available"


@dataclass(frozen=True, slots=True)
class Publication:
    """Describe one table: its publisher, title, when it was published (in words), where, and its marks in words."""

    publisher: str
    title: str
    published: str
    address: str
    marks: Mapping[str, str]


EDUCATION, HOME_OFFICE = "Department for Education", "Home Office"
PUBLICATIONS: Mapping[str, Publication] = {
    "factors": Publication(
        EDUCATION, "Children in need, reporting year 2025: factors identified at the end of assessment",
        "in autumn 2025 (from memory)", f"{EXPLORE}children-in-need",
        {"c": HELD_BACK, "u": "Unreliable", "x": NOT_AVAILABLE, "z": "Does not apply", "-": "Not worked out"}),
    "referrals": Publication(
        HOME_OFFICE, "Modern slavery: National Referral Mechanism and Duty to Notify statistics, to the end of 2023",
        "on 7 March 2024; our copy may hold later corrections", "https://www.gov.uk/government/statistics/"
        "modern-slavery-nrm-and-dtn-statistics-end-of-year-summary-2023", {}),
    "placements": Publication(
        EDUCATION, "Children looked after in England including adoptions, reporting year 2025: new placements",
        "in autumn 2025 (from memory)", f"{EXPLORE}children-looked-after-in-england-including-adoptions/2025",
        {"c": HELD_BACK, "x": NOT_AVAILABLE, "z": "Does not apply"}),
    "exclusions": Publication(
        EDUCATION, "Permanent and fixed-period exclusions in England: 2016 to 2017", "in July 2018 (from memory)",
        "https://www.gov.uk/government/statistics/permanent-and-fixed-period-exclusions-in-england-2016-to-2017",
        {"x": HELD_BACK}),
    "excluded": Publication(
        EDUCATION, "Suspensions and permanent exclusions in England, and outcomes for children in need, as gathered in "
        "the local authority interactive tool", "in 2025 and 2026, by year (from memory)",
        f"{EXPLORE}suspensions-and-permanent-exclusions-in-england", {}),
}
"""A day of publication that was not seen says that it is from memory."""
