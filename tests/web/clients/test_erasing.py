"""Erasing a client on its page: counted first, typed, by an owner who has just signed in."""

from __future__ import annotations

from opsystem.business.clients.operations import add_client
from opsystem.business.jobs.operations import add_note
from tests.lifecycle.office import Office, browser_of
from tests.web.fresh import fresh_browser


def test_the_owner_sees_what_goes_types_it_and_it_is_gone(office: Office) -> None:
    owner, alice = office.actor(office.alice), fresh_browser(office.alice)
    ref = add_client.perform(office.vault, owner, {"name": "Ana Ruiz"}).value.ref
    add_note.perform(office.vault, owner, {"about": ref, "text": "Has a dog."})
    page = office.path("clients/1/erase")
    told = alice.get(page).content.decode()
    assert "Type C-1 to say that you mean it" in told
    assert "Nobody can bring this back" in told
    wrong = alice.post(page, {"confirmation": "yes"})
    assert (wrong.status_code, "Type C-1" in wrong.content.decode()) == (422, True)
    assert alice.post(page, {"confirmation": ""}).status_code == 422
    assert alice.post(page, {"confirmation": "C-1"})["Location"] == office.path("clients")
    assert alice.get(office.path("clients/1")).status_code == 404
    assert "Ana" not in alice.get(office.path("history")).content.decode()


def test_who_signed_in_long_ago_proves_it_again_and_nobody_else_may(office: Office) -> None:
    add_client.perform(office.vault, office.actor(office.alice), {"name": "Ana Ruiz"})
    page = office.path("clients/1/erase")
    old = browser_of(office.alice).post(page, {"confirmation": "C-1"})
    assert (old.status_code, "next=" in old["Location"]) == (303, True)
    adam = fresh_browser(office.hire("Adam", "admin"))
    assert adam.get(page).status_code == 403
    assert adam.post(page, {"confirmation": "C-1"}).status_code == 403
