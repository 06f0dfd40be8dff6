"""Shows every hostile archive to the check, in a process of its own so that its memory can be measured."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from opsystem.business.nouns import SCHEMA
from opsystem.lifecycle.importing.checking import check_archive
from opsystem.vault.archives.directory import Refused
from tests.lifecycle.importing.forge import build, pieces_of
from tests.lifecycle.importing.hostile import hostile_archives


def refuse_all(path: Path) -> dict[str, object]:
    """Check every hostile archive made from a right one; tell what was not refused as it should be."""
    right = path.read_bytes()
    pieces, manifest = pieces_of(right)
    forged = path.with_name("forged.zip")
    wrong: list[str] = []
    forged.write_bytes(build(pieces, manifest))
    with forged.open("rb") as source:
        check_archive(source, SCHEMA, lambda _: None)  # what is not changed is taken
    slowest, count = 0.0, 0
    for what, reason, make in hostile_archives(pieces, manifest):
        forged.write_bytes(make())
        began = time.monotonic()
        try:
            with forged.open("rb") as source:
                check_archive(source, SCHEMA, lambda _: None)
            wrong.append(f"{what}: taken in")
        except Refused as refused:
            count += 1
            if reason not in refused.message:
                wrong.append(f"{what}: {refused.message}, not {reason}")
        slowest = max(slowest, time.monotonic() - began)
    # Not `getrusage`: its peak is inherited from the process that started this one.
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    memory = int(peak.split()[1]) * 1024
    return {"wrong": wrong, "refused": count, "slowest": slowest, "memory": memory}


if __name__ == "__main__":
    print(json.dumps(refuse_all(Path(sys.argv[1])), indent=1))
