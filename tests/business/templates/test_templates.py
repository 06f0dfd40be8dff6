"""Promises about message templates."""

from __future__ import annotations

from typing import Any

import pytest

from opsystem.business.templates.operations import add_template, edit_template
from opsystem.business.templates.queries import list_templates
from opsystem.kit.errors import Forbidden, Invalid
from opsystem.operations import Actor
from opsystem.vault import Vault


def test_a_template_gets_a_key_of_its_own(vault: Vault, alice: Actor) -> None:
    names = ("On my way!", "On my way", "12 o'clock", "Ñandú?")
    keys = [add_template.perform(vault, alice, {"name": name, "body": "x"}).value.key for name in names]
    assert keys == ["on_my_way", "on_my_way_2", "template_12_o_clock", "and"]


def test_blanks_that_nothing_fills_are_told(vault: Vault, alice: Actor) -> None:
    given = {"name": "Gate", "body": "{biz}: the code is {gate_code}."}
    added = add_template.perform(vault, alice, given).value
    assert (added.blanks, added.unknown_blanks) == (["biz", "gate_code"], ["gate_code"])


def test_an_email_needs_a_subject(vault: Vault, alice: Actor) -> None:
    given = {"name": "Letter", "body": "Dear {first}"}
    with pytest.raises(Invalid) as caught:
        add_template.perform(vault, alice, {**given, "channel": "email"})
    assert caught.value.fields == {"subject": "Give the email a subject."}
    add_template.perform(vault, alice, given)
    with pytest.raises(Invalid):
        edit_template.perform(vault, alice, {"template": "X-1", "channel": "email"})
    assert [row.channel for row in list_templates.ask(vault, alice)] == ["sms"]
    edit_template.perform(vault, alice, {"template": "X-1", "channel": "email", "subject": "Hello"})
    assert [row.subject for row in list_templates.ask(vault, alice, {"channel": "email"})] == ["Hello"]
    assert list_templates.ask(vault, alice, {"channel": "sms"}) == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"body": ""}, "body"),
        ({"body": "x" * 5001}, "body"),
        ({"channel": "fax"}, "channel"),
        ({"key": "On my way"}, "key"),
        ({"key": "taken"}, "key"),
    ],
)
def test_bad_input_is_answered_at_its_field(
    vault: Vault, alice: Actor, given: dict[str, Any], field: str
) -> None:
    add_template.perform(vault, alice, {"name": "Taken", "body": "x", "key": "taken"})
    with pytest.raises(Invalid) as caught:
        add_template.perform(vault, alice, {"name": "Late", "body": "x", **given})
    assert caught.value.fields.keys() == {field}


def test_dana_reads_templates_and_writes_none(vault: Vault, dana: Actor) -> None:
    assert list_templates.ask(vault, dana) == []
    with pytest.raises(Forbidden):
        add_template.perform(vault, dana, {"name": "Late", "body": "x"})
