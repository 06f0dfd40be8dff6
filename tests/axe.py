"""What axe finds wrong with a page: the rules of WCAG 2.2 A and AA, and axe's own of good practice."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_SOURCE = Path(__file__).resolve().parent / "vendor" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only violations are described, and only they leave the page: the rest would take most of the time.
_RUN = """async (options) => {
  const { violations } = await axe.run(document, options);
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html.slice(0, 200)) }));
}"""


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands: the rule and its first elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    found: list[dict[str, Any]] = page.evaluate(_RUN, {"runOnly": _RULES, "resultTypes": ["violations"]})
    return [f"{one['id']}: {', '.join(one['nodes'][:3])}" for one in found]


@cache
def _source() -> str:
    return _SOURCE.read_text()
