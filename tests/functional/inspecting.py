"""What inspectors do on the pages: draw cases from what was just frozen, and grade one."""

import subprocess
import sys

from playwright.sync_api import Page, expect
from served import Served
from steps import choose

from tests.running import surroundings

TOPICS = ("Leadership", "Partnership working", "Initial response", "Risk assessment and referral", "Investigation")
FREEZE = """
from datetime import UTC, datetime, timedelta
from sightline.interfaces.cli.at_hand import database_at_hand
with database_at_hand(role="worker", as_json=False):
    from sightline.apps.access.acting import at_task
    from sightline.apps.insight.freezing import freeze
    now = datetime.now(UTC)
    with at_task("test"):
        print(freeze(start=now - timedelta(days=365), until=now, officer=None, at=now))
"""


def freeze_now(served: Served) -> str:
    """Freeze the events of the last year, and give the snapshot's id."""
    done = subprocess.run([sys.executable, "-c", FREEZE], env=surroundings(served.data), capture_output=True, text=True,
                          timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def draw(page: Page, *, title: str, size: int) -> str:
    """Open an inspection by the form, read by Dawn and a fifth again by Idris, and give its address."""
    page.goto("/oversight/")
    page.get_by_role("link", name="Inspections").click()
    page.get_by_role("button", name="Open an inspection").click()
    page.get_by_label("Name of the inspection").fill(title)
    page.get_by_label("Under which framework?").select_option("hmicfrs-child-protection-2024")
    page.get_by_label("From which snapshot are cases drawn?").select_option(index=1)
    page.get_by_label("The agency that answers").check()
    page.get_by_label("How many cases?").fill(str(size))
    page.get_by_label("Seed").fill("2026")
    page.get_by_role("group", name="Who reads the cases?").get_by_label("Dawn Prescott").check()
    page.get_by_label("Who reads a fifth of them again?").select_option(label="Idris Bevan")
    page.get_by_label("Why is this inspection held?").fill("The programme of this year")
    page.get_by_role("button", name="Draw the cases").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url


def grade(page: Page, *, different: str = "") -> None:
    """Grade every topic of the case whose page is open, one of them differently."""
    page.get_by_role("link", name="Grades", exact=True).click()
    case = page.title().partition(":")[0]
    for topic in TOPICS:
        choose(page, topic, "Inadequate" if topic == different else "Good")
        page.get_by_label(f"Reasons: {topic}").fill(f"What was done for it in {case}")
    page.get_by_role("button", name="Keep my grades").click()
    expect(page.get_by_role("alert")).to_contain_text("Your grades are kept")
