"""Cards, calendars and letters say what was put in, to any program that keeps to the rules."""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from opsystem.business.conversations.models import Message
from opsystem.lifecycle.exporting.content_lines import folded, line
from opsystem.lifecycle.exporting.letters import letter
from tests.lifecycle.exporting.every_table import fill_every_table
from tests.lifecycle.exporting.filled import packed
from tests.lifecycle.office import Office

ADDRESSES = ["ana@example.com", "Ana <x>", "", "ä@b"]
AT = datetime(2026, 3, 4, 15, 6, 8, tzinfo=UTC)


def read_lines(data: bytes) -> list[tuple[str, list[str]]]:
    """Read content lines as RFC 5545, 3.1 and 3.3.11 say: unfold, cut, take the escapes away."""
    assert all(len(one) <= 75 for one in data.split(b"\r\n"))
    found = []
    for whole in data.decode().replace("\r\n ", "").split("\r\n")[:-1]:
        name, _, value = whole.partition(":")
        parts = re.split(r"(?<!\\)(?:\\\\)*;", value) if "\\" not in value else _parts(value)
        found.append((name, [re.sub(r"\\(.)", _plain, part) for part in parts]))
    return found


def _parts(value: str) -> list[str]:
    parts, escaped = [""], False
    for letter_ in value:
        if letter_ == ";" and not escaped:
            parts.append("")
            continue
        parts[-1] += letter_
        escaped = letter_ == "\\" and not escaped
    return parts


def _plain(found: re.Match[str]) -> str:
    return "\n" if found[1] == "n" else found[1]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=120), min_size=1, max_size=4))
def test_any_words_come_back_as_they_were(parts: list[str]) -> None:
    shown = [
        "\n".join("".join(one for one in row if one.isprintable()) for row in part.splitlines())
        for part in parts
    ]
    assert read_lines(folded([line("NOTE", *parts)])) == [("NOTE", shown)]


@given(
    st.text(max_size=200), st.text(max_size=300), st.sampled_from(["ana@example.com", "Ana <x>", "", "ä@b"])
)
def test_any_letter_is_read_by_any_mail_program(subject: str, body: str, address: str) -> None:
    row = Message(
        id=5, channel="email", inbound=True, subject=subject, body=body, state="received", created_at=AT
    )
    read = email.message_from_bytes(letter(row, address, "office@example.com"), policy=email.policy.default)
    shown = "".join(one if one.isprintable() else " " for one in subject)
    assert (read["Subject"] or "").split() == shown.split()
    assert read["X-OpSystem-Message"] == "M-5"
    said = read.get_content()  # a line always has an end
    assert said.rstrip("\r\n").splitlines() == body.replace("\0", "").rstrip("\r\n").splitlines()


def test_an_export_has_cards_a_calendar_and_letters(filled: Office) -> None:
    fill_every_table(filled.vault)
    with zipfile.ZipFile(io.BytesIO(packed(filled.vault))) as archive:
        cards = read_lines(archive.read("Clients.vcf"))
        visits = read_lines(archive.read("Visits.ics"))
        texts = archive.read("Clients/Ana Ruiz (C-1)/Messages/Texts.txt").decode()
        own = read_lines(archive.read("Clients/Ana Ruiz (C-1)/Ana Ruiz.vcf"))
        names = archive.namelist()
    assert next(value for name, value in cards if name == "FN") == ["Ana Ruiz"]
    assert ("TEL;TYPE=VOICE", ["+12285550142"]) in own
    assert ("ADR;TYPE=WORK", ["", "", "12 Oak St", "Hurley", "MS", "", ""]) in own
    assert ("SUMMARY", ["Water heater, Ana Ruiz"]) in visits
    assert ("DTSTART", ["20301125T150000Z"]) in visits
    assert "Bob comes at 9." in texts
    assert {"Talks with Claude.csv", "Approvals.csv", "README.txt", "check.py"} <= set(names)
