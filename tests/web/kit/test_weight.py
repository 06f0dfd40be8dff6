"""What a first visit weighs."""

from __future__ import annotations

import gzip

from opsystem.web.assets import BUNDLES, ISLANDS, ROOT, STYLES


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def test_all_styles_weigh_at_most_14_kilobytes_packed() -> None:
    assert packed(BUNDLES["app.css"]()) <= 14_000


def test_all_scripts_weigh_at_most_30_kilobytes_packed_and_our_own_at_most_12() -> None:
    assert packed(BUNDLES["app.js"]()) <= 30_000
    assert packed(b"".join((ROOT / "islands" / f"{name}.js").read_bytes() for name in ISLANDS)) <= 12_000


def test_the_font_weighs_at_most_38_kilobytes_and_the_icons_6_packed() -> None:
    assert (ROOT / "vendor" / "inter" / "inter.woff2").stat().st_size <= 38_000
    assert packed((ROOT / "vendor" / "lucide" / "icons.svg").read_bytes()) <= 6_000


def test_every_style_and_island_is_joined_in() -> None:
    assert sorted(STYLES) == sorted(path.stem for path in (ROOT / "css").glob("*.css"))
    assert sorted(ISLANDS) == sorted(path.stem for path in (ROOT / "islands").glob("*.js"))
