"""A browser tab that is watched: policy reports, errors of scripts, other hosts, what axe finds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.axe import Look, in_each_look, violations

CHROMIUM = os.environ.get("TESTS_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE, DESK = 360, 1280
# Milliseconds; long, because both cores may be busy with other tests. What is fast is measured elsewhere.
PATIENCE = 20_000
Theme = Literal["light", "dark"]


@dataclass
class Tab:
    """A page with what went wrong on it (`troubles`) and what it asked for (`requests`)."""

    page: Page
    origin: str
    troubles: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a path of the site and wait until it is loaded, its scripts included."""
        self.page.goto(self.origin + path)
        return self.page

    def violations(self, look: Look | None = None) -> list[str]:
        """Return what axe finds wrong with the page as it stands: rule and elements."""
        return violations(self.page, look)

    def in_each_look(self) -> Iterator[Look]:
        """Yield each look with the page standing in it."""
        return in_each_look(self.page)

    def is_wider_than_the_screen(self) -> bool:
        """Tell whether one would have to scroll sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))

    def watch(self) -> None:
        """Begin to write down what goes wrong."""
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("console", self._said)
        self.page.on("request", self._asked)

    def _said(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.troubles.append(said.text)

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)
        if urlsplit(request.url).netloc not in {urlsplit(self.origin).netloc, ""}:
            self.troubles.append(f"another host: {request.url}")


@contextmanager
def watched_tab(
    browser: Browser, origin: str, *, width: int = DESK, theme: Theme = "light", **options: Any
) -> Iterator[Tab]:
    """Open a tab of its own, with its own cookies. `options` are Playwright's context options."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=theme, reduced_motion="reduce", **options
    )
    context.set_default_timeout(PATIENCE)
    tab = Tab(context.new_page(), origin)
    tab.watch()
    try:
        yield tab
    finally:
        context.close()
