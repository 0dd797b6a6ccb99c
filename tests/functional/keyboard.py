"""What the keyboard reaches on a page, and whether one can see where it is."""

from typing import Any

from playwright.sync_api import Page


def reachable(page: Page) -> int:
    """Count what the keyboard should reach: all that can be seen and acted on; of a group of radios, one."""
    found: int = page.evaluate(
        """() => {
          const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
            .filter((e) => e.type !== "hidden" && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}));
          const names = new Set();
          return all.filter((e) => {
            if (e.type !== "radio") return true;
            if (names.has(e.name)) return false;
            names.add(e.name);
            return true;
          }).length;
        }"""
    )
    return found


def focused(page: Page) -> dict[str, Any] | None:
    """Say what has the focus and whether one can see that it has."""
    found: dict[str, Any] | None = page.evaluate(
        """() => {
          const e = document.activeElement;
          if (!e || e === document.body) return null;
          const own = getComputedStyle(e);
          const label = e.labels && e.labels[0] ? getComputedStyle(e.labels[0], "::before") : own;
          const seen = [own, label].some((s) => s.boxShadow !== "none" || (s.outlineStyle !== "none" &&
            !s.outlineColor.includes("rgba(0, 0, 0, 0)")) || s.backgroundColor === "rgb(255, 221, 0)");
          return {what: e.outerHTML.slice(0, 90), seen};
        }"""
    )
    return found


def walk_through(page: Page, *, least: int = 5) -> None:
    """Press Tab through a whole page: everything is reached once, each step can be seen, and nothing holds one."""
    wanted = reachable(page)
    assert wanted > least
    for step in range(wanted):
        page.keyboard.press("Tab")
        here = focused(page)
        assert here is not None, f"the keyboard left {page.url} after {step} of {wanted} steps"
        assert here["seen"], f"nobody can see that this has the focus: {here['what']}"
    page.keyboard.press("Tab")
    assert focused(page) is None, f"the keyboard reached more of {page.url} than can be seen"
