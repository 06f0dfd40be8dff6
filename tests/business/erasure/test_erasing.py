"""A client who is erased is nowhere any more, and nobody else has lost a word."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import select, text, update

from opsystem.business.clients.operations import add_client
from opsystem.business.conversations.operations import receive_text, send_text
from opsystem.business.erasure.operations import erase_again, erase_client
from opsystem.business.erasure.queries import show_erasure
from opsystem.business.erasure.wiping import wipe
from opsystem.business.files.operations import add_file
from opsystem.business.history.operations import undo_change
from opsystem.business.history.queries import list_history, show_change
from opsystem.kit.errors import Conflict, Forbidden, Invalid
from opsystem.kit.refs import make_ref
from opsystem.operations import Actor, Role
from opsystem.vault import Vault
from opsystem.vault.database import driver_connection
from opsystem.vault.journals.chain_check import check_chain
from opsystem.vault.journals.chain_reading import read_chain
from opsystem.vault.keys import derive
from opsystem.vault.rows import kept_tables, stored_rows
from tests.business import scene
from tests.business.erasure.conftest import KEY, PLANTED, Known
from tests.business.erasure.pages import plain_pages

ANA = {"client": "C-2", "confirmation": "c-2"}


def planted_in_rows(vault: Vault) -> dict[str, set[str]]:
    """Return which planted words stand in which tables."""
    found: dict[str, set[str]] = {}
    with vault.reading() as session:
        tables = [*kept_tables(vault.schema), vault.schema.tables.search_row]
        for table in tables:
            told = json.dumps([list(map(str, row)) for row in stored_rows(session, table)]).lower()
            words = {word for word in PLANTED if word.lower() in told}
            if words:
                found[table.name] = words
    return found


def planted_on_disk(known: Known) -> Iterator[str]:
    """Yield the planted words in the pages of database and log, gaps and free pages included."""
    database = known.place / "vault.db"
    key = derive(KEY, known.vault.id, "db")
    pages = b"".join(plain_pages(database, key)).lower()
    yield from (word for word in PLANTED if word.lower().encode() in pages)


def chain_problems(vault: Vault) -> list[str]:
    with vault.reading() as session:
        chain = read_chain(driver_connection(session.connection()))
    return check_chain(chain, vault.signer.public).problems


def everything_of_zoe(vault: Vault) -> list[tuple[object, ...]]:
    with vault.reading() as session:
        return [
            tuple(row)
            for name in ("client", "property", "job", "visit", "note", "thread", "message")
            for row in session.execute(text(f"SELECT * FROM {name} WHERE id = 1"))
        ]


def test_what_is_planted_is_everywhere_before_and_nowhere_after(known: Known) -> None:
    vault, zoe = known.vault, everything_of_zoe(known.vault)
    before = planted_in_rows(vault)
    assert set().union(*before.values()) >= set(PLANTED) - {"plantedbytes"}
    assert {"client", "change", "change_set", "message", "vendor_event", "turn", "proposal"} <= before.keys()
    assert vault.rewrite()
    assert set(planted_on_disk(known)) >= set(PLANTED) - {"plantedbytes"}
    plan = show_erasure.ask(vault, known.alice, {"client": "C-2"})
    assert (plan.counts.file, plan.counts.conversation, plan.obstacle) == (1, 2, None)
    done = erase_client.perform(vault, known.alice, ANA, request_id="erase-ana")
    assert done.value.counts == plan.counts
    assert planted_in_rows(vault) == {}
    assert wipe(vault)
    assert list(planted_on_disk(known)) == []
    assert list(vault.files.ids()) == []
    assert everything_of_zoe(vault) == zoe
    assert chain_problems(vault) == []
    vault.check()


def test_who_did_what_and_when_stays(known: Known) -> None:
    before = list_history.ask(known.vault, known.alice).total
    erase_client.perform(known.vault, known.alice, ANA)
    history = list_history.ask(known.vault, known.alice)
    assert history.total == before + 1
    assert history.rows[0].label == "Erased client C-2"
    labels = {row.label for row in history.rows}
    assert {"Add client (erased)", "Book job (erased)", "Receive text (erased)"} <= labels
    assert "Added client Zoe Lindholm" in labels
    for row in history.rows:
        show_change.ask(known.vault, known.alice, {"change": row.ref})


def test_an_erasure_cannot_be_undone_nor_can_what_it_took(known: Known) -> None:
    done = erase_client.perform(known.vault, known.alice, ANA)
    with pytest.raises(Conflict, match="gone for good"):
        undo_change.perform(known.vault, known.alice, {"change": make_ref("change", done.change_set_id or 0)})
    added = next(
        row for row in list_history.ask(known.vault, known.alice).rows if row.label == "Add client (erased)"
    )
    with pytest.raises(Conflict, match="no longer kept"):
        undo_change.perform(known.vault, known.alice, {"change": added.ref})


def test_only_the_owner_erases_and_says_so(known: Known) -> None:
    boss = scene.person(known.vault, known.alice, "Adam", Role.ADMIN)
    with pytest.raises(Forbidden):
        erase_client.perform(known.vault, boss, ANA)
    with pytest.raises(Forbidden):
        show_erasure.ask(known.vault, boss, {"client": "C-2"})
    with pytest.raises(Forbidden):
        erase_client.perform(known.vault, known.alice.assistant(1), ANA)
    with pytest.raises(Invalid, match="Type C-2"):
        erase_client.perform(known.vault, known.alice, {"client": "C-2", "confirmation": "yes"})


def test_nothing_is_erased_while_a_message_leaves(known: Known) -> None:
    outbox = known.vault.schema.tables.outbox
    with known.vault.mechanics() as session:
        session.execute(update(outbox).values(state="sending"))
    assert show_erasure.ask(known.vault, known.alice, {"client": "C-2"}).obstacle is not None
    with pytest.raises(Conflict, match="just leaving"):
        erase_client.perform(known.vault, known.alice, ANA)
    assert planted_in_rows(known.vault)


def test_who_wanted_no_texts_gets_none_under_another_name_either(known: Known) -> None:
    stop = {"vendor_key": "SM2", "sender": "+12285553141", "body": "STOP"}
    receive_text.perform(known.vault, scene.TWILIO, stop)
    erase_client.perform(known.vault, known.alice, ANA)
    assert planted_in_rows(known.vault) == {}
    new = add_client.perform(known.vault, known.alice, {"name": "A. R.", "phone": "2285553141"}).value.ref
    with pytest.raises(Conflict, match="no more messages"):
        send_text.perform(known.vault, known.alice, {"client": new, "body": "Hello"})
    start = {"vendor_key": "SM3", "sender": "+12285553141", "body": "START"}
    receive_text.perform(known.vault, scene.TWILIO, start)
    send_text.perform(known.vault, known.alice, {"client": new, "body": "Hello"})


def test_what_a_restore_brings_back_is_erased_again(known: Known) -> None:
    system = Actor.system()
    assert erase_again.perform(known.vault, system, {"client": "C-2"}).value is True
    assert erase_again.perform(known.vault, system, {"client": "C-2"}).value is False
    assert planted_in_rows(known.vault) == {}
    with known.vault.reading() as session:
        erasure = known.vault.schema.tables.erasure
        assert session.scalars(select(erasure.c.client_id)).all() == [2]


def test_a_content_that_somebody_else_has_too_stays(known: Known) -> None:
    stored = known.vault.files.write([b"plantedbytes in a file"], limit=100)
    from_zoe = {"content_id": stored.content_id, "name": "zoe.txt", "client": "C-1"}
    assert stored.content_id in list(known.vault.files.ids())
    add_file.perform(known.vault, known.alice, from_zoe)
    erase_client.perform(known.vault, known.alice, ANA)
    assert wipe(known.vault)
    assert list(known.vault.files.ids()) == [stored.content_id]
