"""The pages of people, wishes, do-not-service and duplicates."""

from __future__ import annotations

from opsystem.business.clients.operations import add_client
from tests.lifecycle.office import Office, browser_of


def test_people_wishes_and_do_not_service_are_written_on_their_pages(office: Office) -> None:
    owner, alice = office.actor(office.alice), browser_of(office.alice)
    add_client.perform(office.vault, owner, {"name": "Ana Ruiz", "phone": "2285550142"})
    here = office.path("clients/1")
    tenant = {"name": "Tess Tenant", "role": "tenant", "phone": "2285550177", "gets": ["visits"]}
    assert alice.get(f"{here}/people/new").status_code == 200
    assert alice.post(f"{here}/people/new", tenant).status_code == 303
    assert alice.get(f"{here}/people/1").status_code == 200
    wish = {"channel": "text", "topic": "money", "allowed": "false", "source": "phone", "wording": "No bills"}
    assert alice.post(f"{here}/preferences", wish).status_code == 303
    assert "No bills" in alice.get(f"{here}/preferences").content.decode()
    assert alice.get(f"{here}/refusal").status_code == 200
    assert alice.post(f"{here}/refusal", {"reason": ""}).status_code == 422
    assert alice.post(f"{here}/refusal", {"reason": "Never paid"}).status_code == 303
    told = alice.get(here).content.decode()
    assert all(words in told for words in ("Tess Tenant", "Never paid", "Do not service"))
    assert "Do not service" in alice.get(office.path("clients")).content.decode()


def test_two_that_look_alike_are_compared_and_merged(office: Office) -> None:
    owner, alice = office.actor(office.alice), browser_of(office.alice)
    for name in ("Ana Ruiz", "Ana R."):
        add_client.perform(office.vault, owner, {"name": name, "phone": "2285550142"})
    assert "Same phone" in alice.get(office.path("clients/duplicates")).content.decode()
    page = office.path("clients/1/merge/2")
    assert "What to keep" in alice.get(page).content.decode()
    assert alice.post(page, {"name": "C-2"}).status_code == 303
    assert "Ana R." in alice.get(office.path("clients/1")).content.decode()
    assert alice.get(office.path("clients/2")).status_code == 404
