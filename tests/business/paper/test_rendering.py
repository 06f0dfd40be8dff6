"""Paper: the same bytes for the same data, readable by everybody, and data is never markup."""

from __future__ import annotations

import dataclasses
import re

import pypdfium2
import pytest
import typst

from opsystem.business.paper.coverage import FONTS, covered, printable
from opsystem.business.paper.records import Fact, Paper
from opsystem.business.paper.rendering import SHEETS, compiler, fingerprint, render
from opsystem.kit.colour import contrast_on_white, readable_on_white
from tests.business.paper import samples

HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.4"',
    "$ sum_(i=1)^n i $ *bold* _it_ `raw` = Heading @ref <label> // gone",
    '"); #panic("x") ("',
    "\\u{41} \\ ~ [ ] { } #",
    "</svg><script>alert(1)</script>",
)


def words_of(content: bytes) -> str:
    """Return all words of a PDF, its line breaks as spaces."""
    document = pypdfium2.PdfDocument(content)  # type: ignore[no-untyped-call]
    return " ".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", " ")


@pytest.mark.parametrize("paper", samples.everything(), ids=lambda paper: type(paper).__name__)
def test_each_kind_is_tagged_and_the_same_twice(paper: Paper) -> None:
    first, again = render(paper), render(dataclasses.replace(paper))
    assert first == again
    assert first.content.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in first.content
    assert b"/Lang(en)" in first.content
    assert f"{paper.head.title} {paper.head.ref}" in words_of(first.content)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_somebody_typed_stays_text(words: str) -> None:
    assert words.split(maxsplit=1)[0] in words_of(render(samples.invoice(1, to=words)).content)


def test_templates_import_nothing_but_each_other() -> None:
    for sheet in SHEETS.glob("*.typ"):
        source = sheet.read_text()
        assert set(re.findall(r'(?:import|include)\s+"([^"]+)"', source)) <= {"look.typ"}
        assert "@preview" not in source
        assert not re.search(r"\b(read|eval|plugin|csv|toml|yaml|xml)\(", source)


def test_a_template_could_fetch_no_package_and_read_nothing_outside() -> None:
    for source in ('#import "@preview/cetz:0.3.4"', '#read("/../../rendering.py")', '#read("../records.py")'):
        with pytest.raises(typst.TypstError):
            compiler().compile(input=source.encode(), format="pdf")


def test_names_of_the_whole_world_are_shown() -> None:
    for name in (
        "王小明 山田太郎 김철수",
        "שרה כהן",
        "محمد علي",
        "Łukasz Čapek Đặng",
        "Иван Петров",
        "अनिता शर्मा",
    ):
        content = render(samples.invoice(1, to=name)).content
        assert content
        assert all(ord(one) in covered() for one in name)


def test_what_no_font_has_costs_no_paper() -> None:
    assert printable("Thanks 👍🏽 a lot\u200b\x00") == "Thanks  a lot"
    assert printable("𐍈") == "□"
    assert printable("\ufb01x ㎏") in {"\ufb01x kg", "fix kg"}
    assert render(samples.invoice(1, to="👍 𐍈 \ud83d" + "\x07")).content


def test_a_very_long_word_and_no_lines_at_all() -> None:
    assert render(samples.invoice(1, to="W" * 300)).content
    assert render(dataclasses.replace(samples.invoice(1), table=samples.table(0))).content
    assert len(pypdfium2.PdfDocument(render(samples.invoice(80)).content)) == 4  # type: ignore[no-untyped-call]


def test_the_total_never_stands_alone_on_a_page() -> None:
    for count in range(14, 22):
        document = pypdfium2.PdfDocument(render(samples.invoice(count)).content)  # type: ignore[no-untyped-call]
        last = next(
            text for page in document if "Subtotal" in (text := page.get_textpage().get_text_bounded())
        )
        assert f"valve {count}" in last


def test_other_data_has_another_fingerprint() -> None:
    one, other = samples.invoice(2), samples.invoice(2, to="Sam Poe")
    assert fingerprint(one) == fingerprint(samples.invoice(2))
    assert fingerprint(one) != fingerprint(other)
    changed = dataclasses.replace(one, head=dataclasses.replace(one.head, facts=(Fact("Date", "x"),)))
    assert fingerprint(changed) != fingerprint(one)


def test_a_pale_colour_is_made_readable() -> None:
    for colour in ("#ffff00", "#ffffff", "#a0e0ff", "#255b9c", "#000000"):
        assert contrast_on_white(readable_on_white(colour)) >= 4.5
    assert readable_on_white("#255b9c") == "#255b9c"


def test_the_fonts_are_those_that_are_vendored() -> None:
    told = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    assert set(told.families()) == {
        "Inter",
        "Noto Sans Arabic",
        "Noto Sans CJK SC",
        "Noto Sans Devanagari",
        "Noto Sans Hebrew",
    }
