"""Every letter about accounts can be written, in our words, and nothing in it can track."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from jinja2 import UndefinedError

from opsystem.control.accounts.letters import letter_names, write_letter

SAMPLE = {
    "code": "7KQ4-XB2M",
    "email": "alice@mail.example",
    "from_email": "old@mail.example",
    "to_email": "new@mail.example",
    "deleted_email": "old@mail.example",
    "timestamp": datetime(2026, 11, 23, 15, 4, tzinfo=UTC),
    "ip": "192.0.2.1",
    "user_agent": "Firefox",
    "inviter": "Alice",
    "number": 7,
    "business": "Hurley Plumbing",
    "name": "Bob",
    "role": "technician",
    "token": "token-of-the-invitation",
    "expires_at": datetime(2026, 11, 30, tzinfo=UTC),
    "due_at": datetime(2026, 11, 30, 12, 0, tzinfo=UTC),
    "link": "link-of-the-certificate",
}
# Every letter that allauth asks for, by the last word of its template's name.
ASKED_FOR = {
    "account_already_exists", "email_changed", "email_confirm", "email_confirmation",
    "email_confirmation_signup", "email_deleted", "login_code", "password_changed", "password_reset",
    "password_reset_code", "password_set", "recovery_codes_generated", "totp_activated", "totp_deactivated",
    "unknown_account", "webauthn_added", "webauthn_removed",
}  # fmt: skip


def test_there_is_a_letter_for_everything_allauth_sends() -> None:
    assert ASKED_FOR | {"invitation"} <= set(letter_names())


@pytest.mark.parametrize("name", letter_names())
def test_a_letter_is_plain_complete_and_signed(name: str) -> None:
    letter = write_letter(name, SAMPLE)
    assert "\n" not in letter.subject
    assert 10 <= len(letter.subject) <= 78
    assert "Experienced Results LLC" in letter.body
    assert not re.search(r"[{}<>]|\bNone\b", letter.subject + letter.body)
    assert set(re.findall(r"https?://[^/\s]+", letter.body)) <= {
        re.findall(r"http://localhost:\d+", letter.body)[0]
    }


@pytest.mark.parametrize("name", ["login_code", "password_reset_code", "email_confirmation_signup"])
def test_a_code_stands_in_the_subject_and_on_a_line_of_its_own(name: str) -> None:
    letter = write_letter(name, SAMPLE)
    assert letter.subject.startswith("7KQ4-XB2M ")
    assert "\n    7KQ4-XB2M\n" in letter.body


def test_a_letter_that_lacks_a_value_is_not_written() -> None:
    with pytest.raises(UndefinedError):
        write_letter("login_code", {})


def test_a_name_with_line_breaks_cannot_add_headers() -> None:
    letter = write_letter("invitation", {**SAMPLE, "inviter": "Eve\r\nBcc: all@mail.example"})
    assert "\r" not in letter.subject
    assert "\n" not in letter.subject
