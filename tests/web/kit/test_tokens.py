"""Text can be read in both themes: every ratio is computed anew from the token file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from opsystem.web.assets import ROOT

TOKENS = (ROOT / "css" / "tokens.css").read_text()
PAIRS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", TOKENS)
}
THEMES = {"light": 0, "dark": 1}
GROUNDS = ("bg", "surface", "sunken")
TONES = ("brand", "ok", "warn", "bad", "ai")


def luminance(colour: str) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = ((c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(theme: str, one: str, other: str) -> float:
    values = sorted((luminance(PAIRS[name][THEMES[theme]]) for name in (one, other)), reverse=True)
    return (values[0] + 0.05) / (values[1] + 0.05)


TEXT_ON_GROUND = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in GROUNDS),
    *((tone, ground) for tone in TONES for ground in ("bg", "surface")),
    *((tone, f"{tone}-soft") for tone in TONES),
    *(("ink", f"{tone}-soft") for tone in TONES),
    ("mine-ink", "mine"),
    ("on-brand", "brand"),
    ("on-brand", "brand-hover"),
    *((f"lane-{number}-ink", f"lane-{number}") for number in range(1, 9)),
]
LINES_ON_GROUND = [("line-strong", "bg"), ("line-strong", "surface"), ("focus", "bg"), ("focus", "surface")]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_has_a_contrast_of_four_and_a_half(theme: str, text: str, ground: str) -> None:
    assert ratio(theme, text, ground) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("line", "ground"), LINES_ON_GROUND)
def test_borders_of_inputs_and_the_focus_ring_have_a_contrast_of_three(
    theme: str, line: str, ground: str
) -> None:
    assert ratio(theme, line, ground) >= 3


def test_known_ratios_come_out_as_designed() -> None:
    assert ratio("light", "ink", "surface") == pytest.approx(16.59, abs=0.01)
    assert ratio("dark", "bad", "bad-soft") == pytest.approx(6.36, abs=0.01)


def test_colours_stand_in_the_token_file_only() -> None:
    own = {"toast.css"}  # dark in both themes, so that it lifts off every page
    for sheet in sorted(Path(ROOT / "css").glob("*.css")):
        if sheet.name not in {"tokens.css", *own}:
            assert not re.search(r"#[0-9a-f]{6}\b|rgb\(", sheet.read_text()), sheet.name
