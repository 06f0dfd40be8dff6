from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, text, update

from opsystem.kit import clock
from opsystem.kit.errors import Conflict, NotFound
from opsystem.vault import Vault, changes_of, outbox, search, undo_change_set
from opsystem.vault.journals.undo_plan import plan_undo
from tests.vault.toys import BOX, SCHEMA, THING, acting, contents, put_box, scalar, toy_vault


def undo(vault: Vault, change_set: int) -> int:
    with acting(vault, "Undo", undoes_id=change_set) as (session, number):
        undo_change_set(session, SCHEMA, change_set, by=number)
    return number


def test_every_change_is_journalled_with_its_images_and_author(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        made = put_box(vault, "tools")
        with acting(vault) as (session, changed):
            session.execute(update(BOX).values(name="old tools"))
        with acting(vault) as (session, removed):
            session.execute(delete(BOX))
        with vault.reading() as session:
            first, second, third = (changes_of(session, SCHEMA, n)[0] for n in (made, changed, removed))
        assert (first.action, first.before, first.after) == (
            "insert",
            None,
            {"id": 1, "name": "tools", "note": None},
        )
        assert second.fields() == {"name": ("tools", "old tools")}
        assert (third.action, third.after) == ("delete", None)
        assert scalar(vault, "SELECT actor_name FROM change_set WHERE id = 1") == "Alice"


def test_every_table_of_the_trade_has_its_triggers() -> None:
    for table in SCHEMA.journalled:
        for action in ("insert", "update", "delete"):
            assert f"CREATE TRIGGER journal_{table.name}_{action}" in SCHEMA.script


def test_a_row_written_with_the_same_values_is_no_change(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        put_box(vault, "tools")
        with acting(vault) as (session, _):
            session.execute(update(BOX).values(name="tools"))
        assert scalar(vault, "SELECT count(*) FROM change") == 1


def test_undo_and_undo_of_the_undo(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        put_box(vault, "tools")
        before = contents(vault)
        with acting(vault) as (session, change):
            session.execute(update(BOX).values(note="in the van"))
            session.execute(insert(THING).values(box_id=1, weight=3))
        after = contents(vault)
        undone = undo(vault, change)
        assert contents(vault) == before
        with pytest.raises(Conflict, match="already undone"):
            undo(vault, change)
        undo(vault, undone)
        assert contents(vault) == after
        undo(vault, change)
        assert contents(vault) == before


def test_a_field_changed_since_is_in_the_way_and_nothing_is_lost(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        put_box(vault, "tools")
        with acting(vault) as (session, change):
            session.execute(update(BOX).values(name="a", note="b"))
        with acting(vault) as (session, _):
            session.execute(update(BOX).values(note="c"))
        state = contents(vault)
        with pytest.raises(Conflict) as caught:
            undo(vault, change)
        assert caught.value.fields == {"box 1 note": "was changed since"}
        assert contents(vault) == state


def test_another_field_changed_since_is_not_in_the_way(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        put_box(vault, "tools")
        with acting(vault) as (session, change):
            session.execute(update(BOX).values(name="renamed"))
        with acting(vault) as (session, _):
            session.execute(update(BOX).values(note="kept"))
        undo(vault, change)
        assert contents(vault)["box"] == [(1, "tools", "kept")]


def test_what_is_used_since_is_not_taken_away(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        made = put_box(vault, "tools")
        with acting(vault) as (session, _):
            session.execute(insert(THING).values(box_id=1, weight=1))
        with pytest.raises(Conflict) as caught:
            undo(vault, made)
        assert caught.value.fields == {"box 1": "is used by something made since"}
        with pytest.raises(NotFound), acting(vault) as (session, number):
            undo_change_set(session, SCHEMA, 999, by=number)


def test_a_field_that_was_empty_and_is_filled_since_keeps_its_row(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        made = put_box(vault, "tools")
        with acting(vault) as (session, _):
            session.execute(update(BOX).values(note="in the van"))
        with pytest.raises(Conflict) as caught:
            undo(vault, made)
        assert caught.value.fields == {"box 1 note": "was changed since"}


def test_what_is_in_the_way_stays_and_the_rest_is_put_back(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        put_box(vault, "tools")
        with acting(vault) as (session, change):
            session.execute(update(BOX).values(name="a", note="b"))
        with acting(vault) as (session, since):
            session.execute(update(BOX).values(note="c"))
        with vault.reading() as session:
            (step,) = plan_undo(session, SCHEMA, changes_of(session, SCHEMA, change))
        assert {one.name: (one.before, one.after, one.now) for one in step.fields} == {
            "name": ("tools", "a", "a"),
            "note": (None, "b", "c"),
        }
        assert [(one.field, one.by) for one in step.obstacles] == [("note", since)]
        with acting(vault) as (session, number):
            undo_change_set(session, SCHEMA, change, by=number, rest=True)
        assert contents(vault)["box"] == [(1, "tools", "c")]


def test_undo_calls_back_what_waits_and_says_what_has_left(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        sent: list[int] = []
        for name in ("waits", "left"):
            with acting(vault) as (session, number):
                session.execute(insert(BOX).values(name=name))
                outbox.put(
                    session, SCHEMA, channel="sms", subject_id=1, payload={}, change_set_id=number,
                    at=clock.now(), due_at=clock.now(),
                )  # fmt: skip
            sent.append(number)
        with vault.mechanics() as session:
            session.execute(text(f"UPDATE outbox SET state = 'accepted' WHERE change_set_id = {sent[1]}"))
        undo(vault, sent[0])
        assert scalar(vault, "SELECT state FROM outbox WHERE id = 1") == "cancelled"
        with pytest.raises(Conflict, match="left the building"):
            undo(vault, sent[1])
        assert [row[1] for row in contents(vault)["box"]] == ["left"]


ACTS = st.lists(
    st.tuples(st.sampled_from(["put", "name", "note", "drop", "thing", "weigh"]), st.integers(0, 3)),
    min_size=1,
    max_size=10,
)


def _act(vault: Vault, verb: str, number: int) -> int | None:
    with acting(vault) as (session, change_set):
        row = number + 1
        if verb == "put":
            session.execute(text("INSERT OR IGNORE INTO box (name) VALUES (:n)"), {"n": f"box {number}"})
        elif verb == "name":
            session.execute(update(BOX).where(BOX.c.id == row).values(name=f"box {row * 7}"))
        elif verb == "note":
            session.execute(update(BOX).where(BOX.c.id == row).values(note=f"note {change_set}"))
        elif verb == "drop":
            session.execute(text("DELETE FROM thing WHERE box_id = :r"), {"r": row})
            session.execute(delete(BOX).where(BOX.c.id == row))
        elif verb == "thing":
            session.execute(
                text("INSERT INTO thing (box_id, weight) SELECT id, 1 FROM box WHERE id = :r"), {"r": row}
            )
        else:
            session.execute(update(THING).where(THING.c.id == row).values(weight=THING.c.weight + 1))
    return change_set


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=ACTS)
def test_undoing_everything_backwards_gives_the_state_of_before(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]
) -> None:
    with toy_vault(tmp_path_factory.mktemp("p") / "v") as vault:
        put_box(vault, "first")
        before = contents(vault)
        known = scalar(vault, "SELECT max(id) FROM change_set")
        for verb, number in acts:
            _act(vault, verb, number)
        with vault.reading() as session:
            made = list(
                session.scalars(text(f"SELECT id FROM change_set WHERE id > {known} ORDER BY id DESC"))
            )
        for change_set in made:
            undo(vault, change_set)
        assert contents(vault) == before


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=ACTS, order=st.randoms(use_true_random=False))
def test_undoing_out_of_order_ends_in_a_conflict_or_leaves_the_rest_alone(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]], order: object
) -> None:
    with toy_vault(tmp_path_factory.mktemp("p") / "v") as vault:
        for verb, number in acts:
            _act(vault, verb, number)
        with vault.reading() as session:
            made = list(session.scalars(text("SELECT id FROM change_set ORDER BY id")))
        order.shuffle(made)  # type: ignore[attr-defined]
        for change_set in made:
            before = contents(vault)
            try:
                undo(vault, change_set)
            except Conflict as conflict:
                assert conflict.fields
                assert contents(vault) == before


def test_words_are_found_as_beginnings_without_accents_and_without_operators(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        put_box(vault, "Álvarez Plumbing", "gate code 4471")
        put_box(vault, "Bobby OR NOT", "x")

        def titles(words: str) -> list[str]:
            with vault.reading() as session:
                return [hit.title for hit in search.find(session, words)]

        assert titles("alv") == ["Álvarez Plumbing"]
        assert titles("plumb álv") == ["Álvarez Plumbing"]
        assert titles("4471") == ["Álvarez Plumbing"]
        assert titles("or not") == ["Bobby OR NOT"]
        for rubbish in ('"', "*", "a AND", "NEAR(", "title:x", "", "  ", "'; DROP TABLE box; --"):
            assert titles(rubbish) == [] or rubbish
        with acting(vault) as (session, _):
            session.execute(update(BOX).where(BOX.c.id == 1).values(name="Renamed"))
        assert titles("alv") == []
        with acting(vault) as (session, change):
            session.execute(delete(BOX).where(BOX.c.id == 1))
        assert titles("renamed") == []
        undo(vault, change)
        assert titles("renamed") == ["Renamed"]
