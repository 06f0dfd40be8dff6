"""What axe finds wrong with a page: the rules of WCAG 2.2 A and AA, and axe's own of good practice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

_SOURCE = Path(__file__).resolve().parent / "vendor" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only violations are described, and only they leave the page: the rest would take most of the time.
_RUN = """async (options) => {
  const { violations } = await axe.run(document, options);
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html.slice(0, 200)) }));
}"""


@dataclass(frozen=True)
class Look:
    """A way a page is looked at: size in pixels, theme, finger or mouse; without `rules` by all of them."""

    name: str
    width: int
    height: int
    theme: Literal["light", "dark"]
    by_touch: bool
    rules: tuple[str, ...] = ()


# The same document in another look: only what its size, its colours and what is hidden in it can break.
_OF_THE_LOOK = (
    "aria-hidden-focus", "button-name", "color-contrast", "label", "link-name", "nested-interactive",
    "scrollable-region-focusable", "target-size",
)  # fmt: skip
LOOKS = (
    Look("desktop", 1280, 800, "light", by_touch=False),
    Look("phone", 360, 780, "dark", by_touch=True, rules=_OF_THE_LOOK),
)


def in_each_look(page: Page) -> Iterator[Look]:
    """Yield each look with the page standing in it: loaded once, since loading and axe's start cost most."""
    session = page.context.new_cdp_session(page)
    for look in LOOKS:
        session.send("Emulation.setTouchEmulationEnabled", {"enabled": look.by_touch})
        page.set_viewport_size({"width": look.width, "height": look.height})
        # Without motion, so that no colour is looked at half-way to another.
        page.emulate_media(color_scheme=look.theme, reduced_motion="reduce")
        yield look
    session.detach()


def violations(page: Page, look: Look | None = None) -> list[str]:
    """Return what axe finds on the page as it stands, of all rules or of the look's: rule, first elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    rules = {"type": "rule", "values": look.rules} if look and look.rules else _RULES
    found: list[dict[str, Any]] = page.evaluate(_RUN, {"runOnly": rules, "resultTypes": ["violations"]})
    return [f"{one['id']}: {', '.join(one['nodes'][:3])}" for one in found]


@cache
def _source() -> str:
    return _SOURCE.read_text()
