"""A client's pages by his link: what they show, to whom, and when they do not."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from opsystem.business.links.operations import make_client_link, revoke_client_link
from opsystem.kit import clock
from tests.lifecycle.office import Office
from tests.web.hub.scene import browser, maria


def test_a_link_opens_what_is_the_clients_and_says_to_nobody_where_it_was(office: Office) -> None:
    hers, other = maria(office), maria(office, "Zoe Lake", "2285550177")
    tab = browser()
    home = tab.get(hers.path)
    assert home.status_code == 200
    assert "Hello Maria" in home.text and "Water heater" in home.text
    assert home.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in home.headers["X-Robots-Tag"]
    assert home.headers["Cache-Control"] == "no-store"
    assert "<script" not in home.text
    for page in (f"/visits/{hers.visit}", f"/visits/{hers.visit}/move", "/messages", "/files", "/details"):
        told = tab.get(hers.path + page)
        assert told.status_code == 200, page
        assert len(told.content) < 24_000
    assert tab.get(f"{hers.path}/visits/{other.visit}").status_code == 404, "another client's visit"
    assert set(tab.cookies.keys()) <= {"__Host-session"}


@pytest.mark.parametrize("word", ["x", "123456-" + "a" * 22, "..", "999999-" + "b" * 22])
def test_a_forged_link_and_a_business_that_is_not_there_look_alike(office: Office, word: str) -> None:
    forged = browser().get(f"/c/{word}")
    assert forged.status_code == 404
    real = maria(office).path
    wrong = browser().get(real[:-3] + "zzz")
    assert wrong.status_code == 404
    assert re.sub(r"\s", "", wrong.text) == re.sub(r"\s", "", forged.text)


def test_a_revoked_or_expired_link_says_so_and_how_to_get_a_new_one(office: Office) -> None:
    hers, alice = maria(office), office.actor(office.alice)
    revoke_client_link.perform(office.vault, alice, {"link": hers.link})
    gone = browser().get(hers.path)
    assert gone.status_code == 410
    assert "has ended" in gone.text and "Maria" not in gone.text
    long_ago = clock.now().replace(year=clock.now().year - 1)
    old = make_client_link.perform(office.vault, alice, {"client": hers.ref}, at=long_ago).value
    tab = browser()
    over = tab.get("/c/" + old.address.rpartition("/c/")[2])
    assert over.status_code == 410
    assert "Send me a new link" in over.text and "0188" not in over.text


def test_row_88_a_link_is_issued_again_by_the_known_contact_only(office: Office) -> None:
    hers, alice = maria(office), office.actor(office.alice)
    long_ago = clock.now().replace(year=clock.now().year - 1)
    old = make_client_link.perform(office.vault, alice, {"client": hers.ref}, at=long_ago).value
    path, tab = "/c/" + old.address.rpartition("/c/")[2], browser()
    assert tab.get(path).status_code == 410, "links expire"
    sent = tab.post(f"{path}/renew", {"phone": "+12285559999", "email": "thief@example.com"})
    assert sent.status_code == 200
    table = office.vault.schema.tables.outbox
    with office.vault.reading() as session:
        payload = str(session.scalars(select(table.c.payload).order_by(table.c.id.desc())).first())
    assert '"+12285550188"' in payload and "9999" not in payload and "thief" not in payload
    fresh = re.search(r"/c/[0-9]{6}-[A-Za-z0-9_-]{22}", payload)
    assert fresh and browser().get(fresh[0]).status_code == 200
