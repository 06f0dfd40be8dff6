"""Promises about the business's own profile and switches."""

from __future__ import annotations

import pytest

from opsystem.business.profile.operations import edit_profile, set_switch
from opsystem.business.profile.queries import business_profile, list_switches
from opsystem.business.team.founding import found_business
from opsystem.kit.errors import Conflict, Forbidden, Invalid
from opsystem.operations import Actor, Effect, Permission, Work
from opsystem.operations.declaration import Operation
from opsystem.vault import Vault


def _text(work: Work, *, body: str) -> str:
    """Stand for something that leaves by text."""
    assert work.change_set_id
    return body


TEXT = Operation(
    _text,
    effect=Effect.SEND,
    permission=Permission.MESSAGES_SEND,
    label="Text",
    assistant=False,
    switch="sms",
)


def test_the_profile_is_what_sign_up_asked_for(vault: Vault, alice: Actor, bob: Actor) -> None:
    for actor in (alice, bob):
        profile = business_profile.ask(vault, actor)
        assert (profile.name, profile.phone, profile.zone) == (
            "Gulf Plumbing",
            "+12285550100",
            "America/Chicago",
        )


def test_a_business_is_opened_once(vault: Vault, alice: Actor) -> None:
    given = dict.fromkeys(("name", "phone", "website", "industry", "zone", "owner_name", "owner_email"), "x")
    with pytest.raises(Conflict):
        found_business.perform(vault, alice, given)


def test_what_is_not_given_stays(vault: Vault, alice: Actor) -> None:
    profile = edit_profile.perform(vault, alice, {"website": "gulf.example", "sms_hold": 0}).value
    assert (profile.name, profile.website, profile.sms_hold) == ("Gulf Plumbing", "gulf.example", 0)
    assert business_profile.ask(vault, alice) == profile


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"zone": "Hurley"}, "zone", "Give a time zone like America/Chicago."),
        ({"zone": "../../etc/passwd"}, "zone", "Give a time zone like America/Chicago."),
        ({"name": ""}, "name", "This is needed."),
        ({"phone": "x"}, "phone", "Give a phone number with its area code, like (228) 555-0142."),
    ],
)
def test_bad_input_is_answered_at_its_field(
    vault: Vault, alice: Actor, given: dict[str, str], field: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as caught:
        edit_profile.perform(vault, alice, given)
    assert caught.value.fields == {field: sentence}


def test_bob_and_dana_change_no_settings(vault: Vault, bob: Actor, dana: Actor) -> None:
    for actor in (bob, dana):
        with pytest.raises(Forbidden):
            edit_profile.perform(vault, actor, {"name": "Mine"})
        with pytest.raises(Forbidden):
            set_switch.perform(vault, actor, {"name": "sms", "on": False})


def test_everything_is_on_until_somebody_switches_it_off(vault: Vault, alice: Actor) -> None:
    assert [(row.name, row.on) for row in list_switches.ask(vault, alice)] == [
        ("sms", True),
        ("email", True),
        ("assistant", True),
    ]
    row = set_switch.perform(vault, alice, {"name": "sms", "on": False}).value
    assert (row.on, row.off_by) == (False, "Alice Reyes")
    assert set_switch.perform(vault, alice, {"name": "sms", "on": False}).change_set_id is None
    assert [row.on for row in list_switches.ask(vault, alice)] == [False, True, True]


def test_what_is_switched_off_is_refused_until_it_is_on_again(vault: Vault, alice: Actor) -> None:
    assert TEXT.perform(vault, alice, {"body": "Hello"}).value == "Hello"
    set_switch.perform(vault, alice, {"name": "sms", "on": False})
    with pytest.raises(Forbidden, match="switched off in Settings"):
        TEXT.perform(vault, alice, {"body": "Hello"})
    set_switch.perform(vault, alice, {"name": "sms", "on": True})
    assert TEXT.perform(vault, alice, {"body": "Hello"}).value == "Hello"
