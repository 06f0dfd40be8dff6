"""Everything of one client moved to another. What that is follows from the schema's references."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Table, UniqueConstraint, text

from opsystem.operations import Work


def references_to_clients(work: Work) -> Iterator[tuple[Table, str]]:
    """Yield every table and column of the trade that refers to a client."""
    schema = work.vault.schema
    own = set(schema.tables.__dataclass_fields__)
    for table in schema.metadata.sorted_tables:
        for column in table.columns if table.name not in own else ():
            if any(key.column.table.name == "client" for key in column.foreign_keys):
                yield table, column.name


def move_everything(work: Work, gone: int, kept: int) -> int:
    """Let every row that refers to client `gone` refer to `kept`; return how many did.

    Where both may have one of a kind only (a tag, an answer), the kept client's stays.
    """
    work.session.flush()
    moved, given = 0, {"gone": gone, "kept": kept}
    for table, column in references_to_clients(work):
        for others in _one_of_a_kind(table, column):
            same = " AND ".join(f"other.{name} IS {table.name}.{name}" for name in others) or "1"
            # Names come from the schema; values are bound.
            work.session.execute(
                text(
                    f"DELETE FROM {table.name} WHERE {column} = :gone AND EXISTS"  # noqa: S608
                    f" (SELECT 1 FROM {table.name} AS other WHERE other.{column} = :kept AND {same})"
                ),
                given,
            )
        update = f"UPDATE {table.name} SET {column} = :kept WHERE {column} = :gone"  # noqa: S608
        moved += work.session.execute(text(update), given).rowcount  # type: ignore[attr-defined]
    # Two that were told apart, and are one now after all.
    work.session.execute(text("DELETE FROM not_same WHERE client_id = other_id"))
    work.session.expire_all()
    return moved


def _one_of_a_kind(table: Table, column: str) -> Iterator[list[str]]:
    """Yield the other columns of each rule that allows one row a client."""
    groups = [
        [one.name for one in rule.columns] for rule in table.constraints if isinstance(rule, UniqueConstraint)
    ]
    groups += [[one.name for one in index.columns] for index in table.indexes if index.unique]
    for names in groups:
        if column in names:
            yield [name for name in names if name != column]
