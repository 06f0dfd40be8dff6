"""What the map of the code claims, where no other test holds it."""

from __future__ import annotations

from opsystem.business.nouns import SCHEMA
from opsystem.business.record import Record
from opsystem.operations import Actor, Permission, Role, scopes

# What everybody in the business may read whole; all else is narrowed for a technician.
OPEN_TO_ALL = {
    "profile": Permission.PROFILE_READ,
    "checklist": Permission.LISTS_READ,
    "checklist_item": Permission.LISTS_READ,
    "template": Permission.LISTS_READ,
    "field": Permission.LISTS_READ,
    "job_type": Permission.LISTS_READ,
    "job_type_skill": Permission.LISTS_READ,
    "job_type_certificate": Permission.LISTS_READ,
    "skill": Permission.LISTS_READ,
}


def test_every_table_says_what_a_technician_sees_of_it() -> None:
    tables = {mapper.class_.__tablename__ for mapper in Record.registry.mappers}
    scoped = {entity.__tablename__ for entity in scopes()}
    assert tables - scoped == OPEN_TO_ALL.keys()


def test_what_is_open_to_all_is_open_to_a_technician() -> None:
    bob = Actor.person(id="2", name="Bob", role=Role.TECHNICIAN, member_id=2)
    assert all(bob.may(permission) for permission in OPEN_TO_ALL.values())
    assert not bob.may(Permission.HISTORY_READ)


ACTS = ("insert", "update", "delete")


def test_every_table_of_the_schema_is_journalled_or_says_that_it_is_not() -> None:
    watched = {one.name for one in SCHEMA.journalled}
    for table in SCHEMA.metadata.sorted_tables:
        triggers = [f"CREATE TRIGGER journal_{table.name}_{act} " in SCHEMA.script for act in ACTS]
        assert triggers == [table.name in watched] * 3
        assert table.name in watched or table.info["why"]
    kept = {table.name for table in SCHEMA.metadata.sorted_tables if not table.info.get("local")}
    mechanics = {
        "change_set",
        "change",
        "undoing",
        "request",
        "outbox",
        "attempt",
        "disclosure",
        "search_row",
    }
    assert kept - watched == mechanics | {"vendor_event", "turn", "block", "event", "preview"} | {
        "stripe_errand",
        "comparison",
    }
