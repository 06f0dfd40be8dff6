"""Promises about email addresses: what people really have is taken, what only looks like one is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsystem.kit.email import parse_email
from opsystem.kit.errors import Invalid


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("ana@example.com", "ana@example.com"),
        (" Ana.Ruiz+jobs@Example.CO.UK ", "ana.ruiz+jobs@example.co.uk"),
        ("o'neil_1@mail-3.example.org", "o'neil_1@mail-3.example.org"),
        ("a@xn--bcher-kva.example", "a@xn--bcher-kva.example"),
    ],
)
def test_addresses_people_have_are_taken_in_lower_case(text: str, stored: str) -> None:
    assert parse_email(text) == stored


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ana",
        "ana@",
        "@example.com",
        "ana@example",
        "ana@@example.com",
        "ana@exa mple.com",
        "ana@example..com",
        ".ana@example.com",
        "ana.@example.com",
        "ana@-example.com",
        "ana@example.com\nBcc: all@example.com",
        "ana@example.com,bob@example.com",
        "<ana@example.com>",
        '"ana"@example.com',
        "ana@[127.0.0.1]",
        "ana@127.0.0.1",
        "x" * 65 + "@example.com",
        "ana@" + "x" * 64 + ".com",
        "a@" + "x." * 130 + "com",
    ],
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Invalid, match=r"like ana@example\.com"):
        parse_email(text)


@given(st.emails())
@settings(max_examples=60, deadline=None)
def test_what_is_taken_is_taken_again_unchanged(text: str) -> None:
    try:
        stored = parse_email(text)
    except Invalid:
        return
    assert parse_email(stored) == stored
    assert stored.count("@") == 1
    assert not set(stored) & set(' \t\r\n<>,;"')
