"""Archives whose frame is right and whose list or rows are not."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from opsystem.business.nouns import SCHEMA
from opsystem.vault.archives.row_lines import Misshapen, RowReader
from opsystem.vault.digest import RowsDigest, digest_of_numbers, together
from tests.lifecycle.importing.forge import Piece, build, piece, stamp_of

Forged = tuple[str, str, Callable[[], bytes]]
Rows = Callable[[list[bytes]], list[bytes]]
_LONG = random.Random(1).randbytes(17 << 20).replace(b"\n", b"x") + b"\n"


def hostile_rows(pieces: list[Piece], manifest: dict[str, Any]) -> Iterator[Forged]:
    """Yield what is wrong, a word of the reason, and how to make it."""
    yield from _lists(pieces, manifest)
    for table, what, reason, change in _rows():
        yield f"{table}: {what}", reason, partial(_with, pieces, manifest, f"data/{table}.jsonl", change)
    for table in ("evil", "export"):
        more = piece(f"data/{table}.jsonl", b"")
        yield f"a table {table}", "no table", partial(build, [*pieces, more], manifest)
    without = [one for one in pieces if one.name != b"data/client.jsonl"]
    yield "a table too few", "client", partial(build, without, manifest)
    said = next(one.says for one in pieces if one.says)
    yield (
        "a content twice",
        "listed twice",
        partial(build, [*pieces, piece("again", b"x", says=said)], manifest),
    )
    for content in ("../../vault.db", "0" * 63, "G" * 64, "A" * 64, 7):
        again = piece("again", b"x", says={"content": content})
        yield f"a content called {content!r}", "name it", partial(build, [*pieces, again], manifest)
    damaged = piece("again", b"x", says={"damaged": "yes"})
    yield "damage of no content", "name it", partial(build, [*pieces, damaged], manifest)


def _lists(pieces: list[Piece], manifest: dict[str, Any]) -> Iterator[Forged]:
    def saying(**more: Any) -> Callable[[], bytes]:
        return lambda: build(pieces, {**manifest, **more})

    def listed(change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
        return lambda: build(pieces, manifest, change_list=change)

    yield "another format", "not an export", saying(format="zip")
    yield "another version of the format", "not an export", saying(version=2)
    yield "a newer schema", "newer OpSystem", saying(schema=SCHEMA.version + 1)
    for schema in (0, -1, None, "1", 10**30):
        yield f"schema {schema!r}", "OpSystem" if schema == 10**30 else "which version", saying(schema=schema)
    yield "tables that are none", "tables of a vault", saying(tables=["client"])
    yield "no tables", "tables of a vault", saying(tables={})
    wrong = {**manifest["tables"], "client": {"rows": 99, "sha256": "0" * 64}}
    yield "other counts", "other rows than", saying(tables=wrong)
    yield "another digest", "digest", saying(digest="0" * 64)
    yield "a digest that is none", "all of its tables", saying(digest=7)
    for number in (-1, 1 << 63, "1", None, True, 0):
        reason = "never given" if number in (0, True) and number is not True else "numbers of its tables"
        yield (
            f"last number {number!r}",
            reason,
            saying(last_numbers={**manifest["last_numbers"], "client": number}),
        )
    yield "a last number of no table", "all of its tables", saying(last_numbers={"sqlite_master": 1})
    yield "a list that is no JSON", "cannot be read", listed(lambda text: b"nonsense\n" + text)
    yield "a list of nothing", "cannot be read", listed(lambda _: b"")
    yield "a list nested deep", "cannot be read", listed(lambda _: b"[" * 500_000)
    yield "a list on one line", "archive", listed(lambda text: text.replace(b"\n", b""))
    twice, more = (b'"size"', b'"name": 1, "size"', 1), (b'{"name"', b'{"x": 1, "name"', 1)
    yield "a list with a name twice", "archive", listed(lambda text: text.replace(*twice))
    yield "a list with more in a line", "archive", listed(lambda text: text.replace(*more))
    yield "a list that ends early", "archive", listed(lambda text: text[:-30])
    yield "a list that goes on", "not there", listed(lambda text: text + b"{}")
    yield (
        "a list made at no time",
        "cannot be read",
        partial(build, pieces, {**manifest, "made_at": "yesterday"}, stamp=stamp_of(manifest)),
    )


def _rows() -> Iterator[tuple[str, str, str, Rows]]:
    def edited(**fields: Any) -> Rows:
        return lambda lines: [_edit(lines[0], fields), *lines[1:]]

    def replaced(line: bytes) -> Rows:
        return lambda lines: [line, *lines[1:]]

    def swapped(old: bytes, new: bytes, count: int = -1) -> Rows:
        return lambda lines: [lines[0].replace(old, new, count), *lines[1:]]

    yield "client", "no JSON", "Line 1", replaced(b"Ana Ruiz\n")
    yield "client", "a list", "Line 1", replaced(b"[1]\n")
    yield "client", "nothing", "Line 1", replaced(b"\n")
    yield "client", "nested deep", "Line 1", replaced(b"[" * 100_000 + b"\n")
    yield "client", "a column more", "other columns", edited(evil=1)
    yield (
        "client",
        "a column less",
        "other columns",
        swapped(b'"company"', b'"firm"'),
    )
    yield (
        "client",
        "a column twice",
        "twice",
        swapped(b"{", b'{"id": 1, ', 1),
    )
    yield "client", "spaces", "another way", swapped(b", ", b",  ")
    yield "client", "an empty name", "is empty", edited(name=None)
    yield "client", "a number for a name", "another kind", edited(name=7)
    yield "client", "a list for a name", "another kind", edited(name=["Ana"])
    yield "client", "a text for a number", "another kind", edited(id="1")
    yield "client", "truth for a number", "another kind", edited(id=True)
    yield "client", "a fraction for a number", "another kind", edited(id=1.0)
    yield "client", "a number too large", "another kind", edited(id=1 << 63)
    yield "client", "a time that is none", "another kind", edited(created_at="now")
    yield "client", "a day that is none", "Line 1", edited(created_at="2026-02-30T00:00:00.000000Z")
    yield (
        "client",
        "half a letter",
        "Line 1",
        swapped(b"Ana", b"\\ud800"),
    )
    yield (
        "client",
        "bytes that are no text",
        "Line 1",
        swapped(b"Ana", b"\xff"),
    )
    yield (
        "client",
        "not a number",
        "Line 1",
        swapped(b'"id": 1', b'"id": NaN'),
    )
    yield "client", "keys that fall", "does not follow", lambda lines: lines[::-1]
    yield "client", "a key twice", "does not follow", lambda lines: [lines[0], *lines]
    yield "client", "no end", "no end", lambda lines: [*lines[:-1], lines[-1].rstrip()]
    yield "client", "a line without end", "too long", replaced(_LONG)
    yield "client", "a client that others need is gone", "not there", lambda lines: lines[1:]
    yield "profile", "no business", "no business", lambda _: []
    yield "profile", "two businesses", "never given", lambda lines: [lines[0], _edit(lines[0], {"id": 2})]
    yield "profile", "a zone that is none", "known here", edited(zone="Nowhere/At_all")
    yield "member", "a role that is none", "known here", edited(role="emperor")
    yield "member", "nobody", "not there", lambda _: []
    yield "price", "truth as a number", "another kind", edited(taxable=1)
    yield "change", "a table that is not there", "not there", edited(table_name="client; DROP TABLE client")
    yield "change", "the journal itself", "not there", edited(table_name="change")
    yield "change", "an image of another table", "not a row", edited(after='{"evil = 1, name": 1}')
    yield "change", "an image that is no row", "not a row", edited(after="[1]")
    yield "change", "an image with a list", "not a row", edited(after='{"name": [1]}')
    yield "change", "an image that is no JSON", "not a row", edited(after="{")
    yield "change", "of no change set", "not there", edited(change_set_id=10_000)


def _edit(line: bytes, fields: dict[str, Any]) -> bytes:
    return json.dumps({**json.loads(line), **fields}, ensure_ascii=False).encode() + b"\n"


def _with(pieces: list[Piece], manifest: dict[str, Any], name: str, change: Rows) -> bytes:
    """Change a table's rows and let everything that is said of them follow, as a careful forger would."""
    place = next(place for place, one in enumerate(pieces) if one.name.decode() == name)
    table = SCHEMA.metadata.tables[name.removeprefix("data/").removesuffix(".jsonl")]
    data = b"".join(change(_lines(pieces[place])))
    said = {**manifest["tables"], table.name: _told(table, data)}
    digests = {one: facts["sha256"] for one, facts in said.items()}
    digests["sqlite_sequence"] = digest_of_numbers(manifest["last_numbers"])
    changed = [*pieces[:place], piece(name, data), *pieces[place + 1 :]]
    return build(changed, {**manifest, "tables": said, "digest": together(digests).total})


def _told(table: Any, data: bytes) -> dict[str, Any]:
    digest, reader, count = RowsDigest(table), RowReader(table), 0
    for line in data.splitlines(keepends=True):
        count += 1
        try:
            digest.add(reader.row(line))
        except Misshapen:
            break
    return {"rows": count, "sha256": digest.hexdigest()}


def _lines(one: Piece) -> list[bytes]:
    return zlib.decompress(one.packed, -15).splitlines(keepends=True)
