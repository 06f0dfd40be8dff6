"""A real browser on the running product, watched: other hosts, cookies, CSP reports, console, axe."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from tests.axe import Look, violations


@dataclass
class Watched:
    """A person's browser, and what it did that it should not have done."""

    context: BrowserContext
    page: Page
    host: str
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def cookies(self) -> set[str]:
        """The names of every cookie there is."""
        return {str(cookie["name"]) for cookie in self.context.cookies()}

    def violations(self, look: Look | None = None) -> list[str]:
        """Return what axe finds wrong on the page as it stands."""
        return violations(self.page, look)

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        return int(
            self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        )


def watched(
    browser: Browser, url: str, *, width: int = 1280, height: int = 800, theme: str = "light"
) -> Watched:
    """Open a fresh browser window on the product."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        base_url=url,
        has_touch=width < 600,
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    person = Watched(context, page, urlsplit(url).netloc)

    def seen(address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != person.host:
            person.foreign.append(address)

    context.on("request", lambda request: seen(request.url))
    context.on("weberror", lambda error: person.complaints.append(str(error.error)))
    page.on(
        "console",
        lambda message: (
            person.complaints.append(message.text)
            if message.type == "error" and "Content Security Policy" in message.text
            else None
        ),
    )
    return person
