"""Emails are found by our own Message-Id; the ledger knows of every byte before it leaves, and for whom."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from opsystem.business.asking.operations import ask
from opsystem.business.team.operations import add_member
from opsystem.operations import Role
from tests.business.opening import ALICE, joined
from tests.business.scene import OUR_ADDRESS
from tests.delivery.post import Post


def test_an_email_leaves_once_in_the_name_of_the_business(post: Post) -> None:
    ref = post.mail("Your visit")
    post.run_until(ref, "accepted")
    [mail] = post.vendors.mails("maria@example.com")
    assert mail["subject"] == "Your visit"
    assert OUR_ADDRESS in str(mail)
    assert "Gulf Plumbing" in str(mail)


@pytest.mark.parametrize(
    "kind", [{"kind": "lost_answer"}, {"kind": "status", "status": 500, "accepted": True}]
)
def test_an_email_whose_answer_was_lost_is_found_by_its_message_id(post: Post, kind: dict[str, Any]) -> None:
    post.vendors.faults({"vendor": "mailgun", "operation": "messages.create", **kind})
    ref = post.mail("Your visit")
    post.run_until(ref, "accepted")
    assert len(post.vendors.mails("maria@example.com")) == 1
    assert len(post.rows("attempt")) == 1


def test_a_repeated_email_carries_the_same_message_id(post: Post) -> None:
    post.vendors.faults({"vendor": "mailgun", "operation": "messages.create", "kind": "refuse"})
    ref = post.mail("Your visit")
    post.run_until(ref, "accepted")
    assert len(post.vendors.mails("maria@example.com")) == 1
    assert [row.number for row in post.rows("attempt")] == [1, 2]
    assert post.message(ref).vendor_id == f"acc-alice.1@{post.vendors.mail_domain}"


def test_the_ledger_names_who_wanted_it(post: Post) -> None:
    dana = joined(post.vault, "Dana Cole", Role.OFFICE, "acc-dana")
    add_member.perform(post.vault, ALICE, {"name": "Eve", "email": "eve@example.com", "role": "office"})
    post.write("From Alice")
    post.write("From Dana", dana)
    post.run()
    texts = [row for row in post.rows("disclosure") if row.purpose == "send a text"]
    assert [(row.initiator, row.ref, row.vendor) for row in texts] == [
        ("U-1", "M-1", "twilio"),
        ("U-2", "M-2", "twilio"),
    ]
    assert all("message content" in row.categories for row in texts)
    assert all(row.bytes > 0 for row in texts)


def test_the_ledger_names_claude_for_the_person_who_asked(post: Post) -> None:
    post.write("From Claude")
    sets = post.vault.schema.tables.change_set
    [row] = post.rows("outbox")
    talk = {"conversation_id": _conversation(post), "member_id": 1, "account_id": "acc-alice"}
    with post.vault.mechanics() as session:
        turn = post.vault.schema.metadata.tables["turn"]
        words = {"role": "owner", "question": "?", "state": "done", "created_at": row.created_at}
        made = session.execute(turn.insert().values(**talk, **words))
        number = made.inserted_primary_key[0]  # type: ignore[attr-defined]
        session.execute(update(sets).where(sets.c.id == row.change_set_id).values(turn_id=number))
    post.run()
    assert {row.initiator for row in post.rows("disclosure")} == {"assistant for U-1"}


def _conversation(post: Post) -> int:
    return ask.perform(post.vault, ALICE, {"question": "Text Maria"}).value.id


def test_the_row_is_there_before_the_byte_leaves(post: Post) -> None:
    post.vendors.faults({"kind": "refuse", "vendor": "twilio", "operation": "messages.create", "count": 1})
    post.write("On my way")
    post.run()
    assert post.bodies() == []
    assert post.rows("disclosure")[0].purpose == "send a text"


def test_asking_is_told_in_the_ledger_too(post: Post) -> None:
    post.vendors.faults({"kind": "lost_answer", "vendor": "twilio", "operation": "messages.create"})
    ref = post.write("On my way")
    post.run_until(ref, "accepted")
    purposes = [row.purpose for row in post.rows("disclosure")]
    assert purposes == ["send a text", "check whether a text went out"]
    assert {row.initiator for row in post.rows("disclosure")} == {"U-1"}
