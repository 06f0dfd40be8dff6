"""Equipment on its pages: added at a place, serviced, photographed, edited by two."""

from __future__ import annotations

from io import BytesIO

from opsystem.business.clients.operations import add_client
from opsystem.business.jobs.operations import book_job
from tests.lifecycle.office import Office, browser_of

_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc00000030101"
    "00c9fe92ef0000000049454e44ae426082"
)


def test_row_16_equipment_is_written_down_serviced_and_seen_at_client_and_job(office: Office) -> None:
    owner, alice = office.actor(office.alice), browser_of(office.alice)
    add_client.perform(office.vault, owner, {"name": "Ana Ruiz"})
    new, here = office.path("clients/1/equipment/new"), office.path("equipment/1")
    assert "has none yet" in alice.get(new).content.decode()
    add_client.perform(
        office.vault, owner, {"name": "Bea", "street": "1 Oak St", "city": "Hurley", "phone": "2285550142"}
    )
    booked = {"client": "C-2", "title": "Flush", "property": "P-1", "starts_at": "2026-11-02T09:00"}
    book_job.perform(office.vault, owner, booked)
    new = office.path("clients/2/equipment/new")
    heater = {"property": "P-1", "sort": "Water heater", "serial": "RH-77", "warranty_until": "2020-01-01"}
    refused = alice.post(new, {**heater, "installed_on": "2021-01-01"})
    assert refused.status_code == 422 and "RH-77" in refused.content.decode()
    assert alice.post(new, {**heater, "installed_on": "2019-01-01"}).status_code == 303
    assert alice.post(f"{here}/service", {"visit": "", "words": ""}).status_code == 422
    assert alice.post(f"{here}/service", {"visit": "V-1", "words": "Flushed"}).status_code == 303
    plate = BytesIO(_PNG)
    plate.name = "plate.png"
    assert alice.post(f"{here}/files", {"file": plate}).status_code == 303
    told = alice.get(here).content.decode()
    assert all(words in told for words in ("Flushed", "RH-77", "Warranty over", "plate.png", "V-1"))
    for page in ("clients/2", "clients/2/equipment", "jobs/1", "visits/1"):
        assert "Water heater" in alice.get(office.path(page)).content.decode(), page
    first = {"sort": "Water heater", "serial": "RH-78", "base_version": "1"}
    assert alice.post(f"{here}/edit", first).status_code == 303
    second = alice.post(f"{here}/edit", {**first, "serial": "RH-79"})
    shown = second.content.decode()
    assert second.status_code == 422 and "RH-79" in shown and "RH-78" in shown
    assert alice.post(f"{here}/edit", {**first, "serial": "RH-79", "base_version": "2"}).status_code == 303
    assert alice.post(f"{here}/removal", {"reason": "Replaced"}).status_code == 303
    assert "Taken out by" in alice.get(here).content.decode()
    assert "Taken out" in alice.get(office.path("clients/2/equipment")).content.decode()
