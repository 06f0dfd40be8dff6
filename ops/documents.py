"""Parts of the documentation that are made from the code: `python -m ops.documents` writes them anew.

In `docs/` such a part stands between `<!-- begin NAME -->` and `<!-- end NAME -->`. A test compares every
part with what would be written, so that the documentation cannot fall behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from opsystem.business.nouns import CATALOGUE
from opsystem.kit.errors import Problem
from opsystem.operations import Declared, Effect, Permission, Role
from opsystem.operations.permissions import ROLE_PERMISSIONS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
_SETTING = re.compile(r"^([A-Z][A-Z_]+)= *# ?(.*)$")
_TITLES = {
    "profile": "The business", "team": "Team", "clients": "Clients and properties",
    "fields": "Custom fields", "tags": "Tags and saved views", "equipment": "Equipment",
    "merging": "Duplicates", "timeline": "What happened around a client",
    "links": "Links of clients",
    "hub": "The client's own pages", "booking": "Online booking", "prices": "Prices",
    "checklists": "Checklists", "templates": "Message templates", "packs": "Trade packs",
    "jobs": "Jobs, visits and notes", "joblines": "Lines of a job", "quotes": "Quotes",
    "acceptance": "Answers to quotes",
    "hours": "Working hours", "dispatch": "The board",
    "taxes": "Sales tax", "ledger": "The books", "invoices": "Invoices", "payments": "Payments",
    "expenses": "Expenses", "costing": "Margins",
    "collecting": "Payments by Stripe",
    "billing": "Billing",
    "reports": "Reports",
    "overview": "Overviews",
    "jobtypes": "Job types", "skills": "Skills", "certificates": "Certificates", "intake": "Requests",
    "recurring": "Recurring work", "timesheets": "Hours", "outside": "Links for outside",
    "announcing": "On the way",
    "files": "Files", "printing": "Papers", "conversations": "Messages",
    "search": "Search", "history": "History and undo", "asking": "Claude", "exports": "The download",
    "arrivals": "Beginning again from an export", "erasure": "Erasing a client",
}  # fmt: skip


def operations() -> str:
    """Return every operation and query that some role may use, a table a noun."""
    nouns: dict[str, list[Declared[Any]]] = {}
    for entry in CATALOGUE:
        if roles_of(entry.permission):
            nouns.setdefault(entry.function.__module__.split(".")[2], []).append(entry)
    parts = []
    for noun in sorted(nouns, key=list(_TITLES).index):
        rows = [_row(entry) for entry in nouns[noun]]
        heading = f"### {_TITLES[noun]}\n\n| call | effect | who | what |\n| --- | --- | --- | --- |"
        parts.append("\n".join([heading, *rows]))
    return "\n\n".join(parts)


def roles_of(permission: Permission) -> list[Role]:
    """Return the roles that have a permission."""
    return [role for role in Role if permission in ROLE_PERMISSIONS[role]]


def _row(entry: Declared[Any]) -> str:
    roles = roles_of(entry.permission)
    who = "everybody" if len(roles) == len(Role) else ", ".join(roles)
    what = entry.description.split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
    return (
        f"| `{entry.name}({', '.join(_arguments(entry))})` | {entry.effect.name.lower()} | {who} | {what} |"
    )


def _arguments(entry: Declared[Any]) -> Iterator[str]:
    for name, field in entry.input.model_fields.items():
        yield name if field.is_required() else f"{name}?"


def settings() -> str:
    """Return every setting of `.env.example`, a table a section."""
    parts: list[str] = []
    for line in (ROOT / ".env.example").read_text().splitlines():
        if line.startswith("# --- "):
            title = line.strip("#- ").capitalize()
            parts.append(f"\n**{title}**\n\n| setting | default | what it is |\n| --- | --- | --- |")
        elif found := _SETTING.match(line):
            parts.append(f"| `{found[1]}` | {' | '.join(_default_and_words(found[2]))} |")
    return "\n".join(parts).strip()


def _default_and_words(said: str) -> tuple[str, str]:
    """Take a remark apart: the default, then after some spaces what the setting is."""
    if said.startswith("required"):
        return "**required**", said.removeprefix("required").lstrip(",;: ")
    default, _, words = said.partition("  ")
    return f"`{default}`", words.strip()


def roles() -> str:
    """Return what each role may do, by permission."""
    lines = [f"| permission | {' | '.join(role.title for role in Role)} |", "| --- |" + " :-: |" * len(Role)]
    for permission in Permission:
        if roles_of(permission):
            marks = ("yes" if permission in ROLE_PERMISSIONS[role] else "" for role in Role)
            lines.append(f"| `{permission}` | {' | '.join(marks)} |")
    return "\n".join(lines)


def kinds() -> list[str]:
    """Return the kinds of expected problems."""
    return [kind.kind for kind in Problem.__subclasses__() if kind.__module__ == Problem.__module__]


def effects() -> list[str]:
    """Return how far operations reach, by name."""
    return [effect.name.lower() for effect in Effect]


PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "operations": ("api.md", operations),
    "roles": ("api.md", roles),
    "settings": ("operator.md", settings),
}


def place(text: str, name: str, made: str) -> str:
    """Return a document with one of its made parts replaced. Raises ValueError when it has no such place."""
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"there is no place for {name}")
    return f"{before}{begin}\n{made}\n{end}{after}"


def main() -> None:
    """Write every part that is made."""
    for name, (document, make) in PARTS.items():
        path = DOCS / document
        path.write_text(place(path.read_text(), name, make()))


if __name__ == "__main__":
    main()
