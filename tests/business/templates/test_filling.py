"""Promises about filling templates: blanks are filled, and nothing else ever happens."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from opsystem.business.templates.filling import BLANKS, blanks_of, fill, unknown_blanks

NAMES = st.sampled_from(sorted(BLANKS))


def test_blanks_are_filled() -> None:
    filled = fill(
        "{biz}: {tech} is on the way, about {eta} min.", {"biz": "Gulf", "tech": "Bob", "eta": "20"}
    )
    assert (filled.text, filled.missing) == ("Gulf: Bob is on the way, about 20 min.", ())


def test_a_blank_without_a_value_stays_and_is_told() -> None:
    filled = fill("{biz}: {gate} {link} {gate}", {"biz": "Gulf", "link": ""})
    assert (filled.text, filled.missing) == ("Gulf: {gate} {link} {gate}", ("gate", "link"))


def test_no_template_reaches_further_than_its_blanks() -> None:
    for text in (
        "{biz.__class__}",
        "{0}",
        "{biz[0]}",
        "{biz!r}",
        "{biz:>99999}",
        "{ biz }",
        "{{biz}",
        "{}",
        "%s",
    ):
        filled = fill(text, {"biz": "Gulf"})
        assert filled.text == text.replace("{biz}", "Gulf")
        assert filled.missing == ()


def test_a_value_is_never_filled_again() -> None:
    assert fill("{first}", {"first": "{link}", "link": "evil"}).text == "{link}"


def test_what_nothing_fills_is_known_beforehand() -> None:
    assert unknown_blanks("{biz} {gate_code} {first} {gate_code}") == ("gate_code",)


@given(st.text(), st.dictionaries(NAMES, st.text(min_size=1)))
@settings(max_examples=60, deadline=None)
def test_any_text_survives_filling(text: str, values: dict[str, str]) -> None:
    filled = fill(text, values)
    assert set(filled.missing) <= set(blanks_of(text))
    if not blanks_of(text):
        assert filled.text == text


@given(st.lists(st.tuples(st.text(st.characters(exclude_characters="{}")), NAMES)), st.data())
@settings(max_examples=60, deadline=None)
def test_filling_puts_each_value_at_its_blank(parts: list[tuple[str, str]], data: st.DataObject) -> None:
    values = {name: data.draw(st.text(min_size=1)) for name in {name for _, name in parts}}
    template = "".join(f"{text}{{{name}}}" for text, name in parts)
    assert fill(template, values).text == "".join(f"{text}{values[name]}" for text, name in parts)
