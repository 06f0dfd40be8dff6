"""The documentation says what is so: compared with the code, the settings and the files it speaks of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.documents import DOCS, PARTS, ROOT, effects, kinds, place, roles_of
from opsystem.business.nouns import CATALOGUE
from opsystem.cli import inventory, running, vaults
from opsystem.kit.refs import LETTERS
from opsystem.operations import Permission, Role

DOCUMENTS = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
_CODE = re.compile(r"`([^`\n]+)`")
_EVENT = re.compile(r"_log\.(?:info|warning|error|exception)\(\s*\"([a-z_.]+)\"", re.IGNORECASE)
_MACHINE = re.compile(r"/(?:work|root|home|tmp|Users|mnt)/")
# The licence as the Free Software Foundation publishes it.
_AGPL = "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"


def words_of(name: str) -> str:
    return (DOCS / name).read_text()


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("name", PARTS)
def test_what_is_made_from_the_code_is_up_to_date(name: str) -> None:
    document, make = PARTS[name]
    text = words_of(document)
    assert place(text, name, make()) == text, "run: python -m ops.documents"


def test_every_setting_stands_in_the_operators_page() -> None:
    settings = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert len(settings) > 20
    assert [name for name in settings if f"`{name}`" not in words_of("operator.md")] == []


def test_every_operation_that_some_role_may_use_stands_in_the_api_page() -> None:
    text = words_of("api.md")
    usable = [entry.name for entry in CATALOGUE if roles_of(entry.permission)]
    assert len(usable) > 60
    assert [name for name in usable if f"`{name}(" not in text] == []


def test_every_role_is_explained_to_the_owner_and_to_the_programmer() -> None:
    for document in ("owner.md", "api.md"):
        assert [role for role in Role if role.title not in words_of(document)] == []


def test_every_effect_kind_of_error_and_letter_of_a_reference_is_explained() -> None:
    text = words_of("api.md")
    known = [*effects(), *kinds(), *(f"{letter}-" for letter in LETTERS.values())]
    assert [name for name in known if f"`{name}`" not in text] == []


def test_every_permission_of_people_stands_in_the_api_page() -> None:
    text = words_of("api.md")
    assert [one for one in Permission if roles_of(one) and f"`{one}`" not in text] == []


def test_every_command_is_explained() -> None:
    text = words_of("operator.md")
    commands = [*running.COMMANDS, *inventory.COMMANDS, *vaults.COMMANDS, "work"]
    assert [name for name in commands if f"`bin/opsystem {name}`" not in text] == []


def test_every_event_of_the_logs_is_explained() -> None:
    text = words_of("operator.md")
    logged = {
        event for path in (ROOT / "opsystem").rglob("*.py") for event in _EVENT.findall(path.read_text())
    }
    assert len(logged) > 8
    assert sorted(event for event in logged if f"`{event}`" not in text) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=ids)
def test_every_link_within_the_project_leads_somewhere(path: Path) -> None:
    links = [link for link in _LINK.findall(path.read_text()) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=ids)
def test_no_document_names_a_place_on_somebodys_machine(path: Path) -> None:
    assert _MACHINE.findall(path.read_text()) == []


def paths_named(text: str) -> Iterator[str]:
    """Yield what looks like a path of this project: letters, slashes and dots only."""
    for code in _CODE.findall(text):
        name = code.partition("::")[0].rstrip("/")
        if re.fullmatch(r"[a-z_]+(?:/[a-z_]+)+(?:\.[a-z]+)?", name):
            yield name


@pytest.mark.parametrize("path", DOCUMENTS, ids=ids)
def test_every_file_that_is_named_exists(path: Path) -> None:
    named = list(paths_named(path.read_text()))
    places = (ROOT, ROOT / "opsystem", ROOT / "opsystem" / "web")
    assert [name for name in named if not any((place_ / name).exists() for place_ in places)] == []


def test_every_floor_room_and_noun_of_the_code_is_on_the_map() -> None:
    text = words_of("architecture.md")
    for folder in (ROOT / "opsystem").iterdir():
        if (folder / "__init__.py").exists():
            assert re.search(rf"\b{folder.name}\b", text), folder.name


def test_every_decision_is_listed_and_has_its_three_parts() -> None:
    decisions = sorted((DOCS / "decisions").glob("0*.md"))
    index = words_of("decisions/README.md")
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        text = path.read_text()
        assert path.name in index
        assert [part for part in ("Context", "Decision", "Consequences") if f"**{part}.**" not in text] == []


def test_the_licence_is_the_exact_text() -> None:
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == _AGPL
    assert 'license = "AGPL-3.0-only"' in (ROOT / "pyproject.toml").read_text()


def test_the_readme_is_one_screen_and_begins_with_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text()
    commands = re.findall(r"^bin/\w+", readme, re.MULTILINE)
    assert commands[:2] == ["bin/demo", "bin/test"]
    assert len(readme.splitlines()) <= 100
