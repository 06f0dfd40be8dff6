"""Whatever is done in whatever order, undoing it in the opposite order leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opsystem.business.clients.operations import add_client, add_property, archive_client, edit_client
from opsystem.business.conversations.operations import attach_thread
from opsystem.business.files.operations import caption_file, remove_file
from opsystem.business.history.operations import undo_change
from opsystem.business.jobs.operations import add_note, book_job, cancel_job, edit_job, move_visit
from opsystem.business.prices.operations import add_price
from opsystem.kit.errors import Conflict
from opsystem.kit.refs import make_ref
from opsystem.operations import Actor, Done
from opsystem.vault import Vault
from tests.business.digest import digest

Act = Callable[[Vault, Actor, str], Done[Any]]


def _act(operation: Any, **arguments: Any) -> Act:
    """Return an act; `{text}` in an argument becomes words of its own."""

    def perform(vault: Vault, actor: Actor, text: str) -> Done[Any]:
        filled = {
            name: value.format(text=text) if isinstance(value, str) else value
            for name, value in arguments.items()
        }
        done: Done[Any] = operation.perform(vault, actor, filled)
        return done

    return perform


ACTS = (
    _act(add_client, name="Client {text}", street="12 Pecan St", city="Hurley"),
    _act(edit_client, client="C-1", name="Maria {text}", notes="{text}"),
    _act(archive_client, client="C-2"),
    _act(add_property, client="C-1", street="{text} Oak St", city="Hurley"),
    _act(book_job, client="C-1", title="Job {text}", starts_at="2026-11-25T15:00:00Z", members=["U-1"]),
    _act(edit_job, job="J-1", title="Heater {text}"),
    _act(move_visit, visit="V-1", starts_at="2026-11-26T15:00:00Z"),
    _act(cancel_job, job="J-1"),
    _act(add_note, about="J-1", text="Note {text}"),
    _act(add_price, name="Price {text}", price_cents=100),
    _act(caption_file, file="F-1", caption="{text}"),
    _act(remove_file, file="F-1"),
    _act(attach_thread, thread="T-1", client="C-1"),
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(
        st.tuples(st.sampled_from(ACTS), st.text(st.characters(codec="utf-8"), max_size=8)), max_size=6
    )
)
def test_everything_done_can_be_undone_again(
    prepared: Vault, alice: Actor, acts: list[tuple[Act, str]]
) -> None:
    states: list[tuple[Any, Done[Any]]] = []
    for act, text in acts:
        before = digest(prepared)
        try:
            done = act(prepared, alice, text.strip() or "x")
        except Conflict:
            assert digest(prepared) == before
            continue
        if done.change_set_id is not None:
            states.append((before, done))
    for before, done in reversed(states):
        undo_change.perform(prepared, alice, {"change": make_ref("change", done.change_set_id or 0)})
        assert digest(prepared) == before
