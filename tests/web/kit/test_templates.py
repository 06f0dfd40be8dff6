"""What holds for every template of the product, whoever writes it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from opsystem.web.assets import ROOT

FOLDER = ROOT.parent / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
COMPONENTS = sorted((FOLDER / "components").glob("*.html"))
SHOWN = "".join(path.read_text() for path in (FOLDER / "components_page").glob("*.html"))
FRAME = "".join(
    path.read_text() for name in ("layouts", "components") for path in (FOLDER / name).glob("*.html")
)
# Markup that is no person's words: the QR code of a second factor, drawn by allauth from our own secret.
DRAWN_BY_US = {"mfa/totp/activate_form.html"}
ICONS = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "vendor" / "lucide" / "icons.svg").read_text()))


def name(path: Path) -> str:
    return str(path.relative_to(FOLDER))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_has_inline_style_script_or_handlers(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<style|<[^>]*\sstyle=|<[^>]*\son[a-z]+=\"|javascript:|hx-on|\bjs:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_switches_escaping_off(path: Path) -> None:
    if name(path) not in DRAWN_BY_US:
        assert not re.search(r"\|\s*safe\b|autoescape", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_icons_that_are_asked_for_exist(path: Path) -> None:
    asked = re.findall(r"icon=\"([\w-]+)\"|icons\.svg'\) }}#([\w-]+)\"|icon\(\"([\w-]+)\"", path.read_text())
    assert {name for found in asked for name in found if name} <= ICONS


@pytest.mark.parametrize("path", COMPONENTS, ids=name)
def test_every_component_says_how_it_is_used_and_is_shown(path: Path) -> None:
    text = path.read_text()
    assert text.startswith("{#-")
    for macro in re.findall(r"macro ([a-z]\w*)\(", text):
        assert macro in text.partition("-#}")[0], f"{macro} is not explained"
    assert f'"components/{path.name}"' in SHOWN + FRAME
