"""`python -m tests.faults.jumping FOLDER`, under the shim: a vault is used while the clock jumps about."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path

from opsystem.kit import clock
from opsystem.vault import Vault
from tests.faults.shim import Shim
from tests.vault.toys import KEY, SCHEMA, contents, put_box, scalar, toy_vault

_DAY = 86_400
JUMPS = [sign * seconds for seconds in (1, 60, 3600, _DAY, 366 * _DAY, 3653 * _DAY) for sign in (1, -1)] + [0]


def jump(folder: Path) -> dict[str, int]:
    """Write after every jump, with and without closing; return what was found in the end."""
    shim = Shim(folder)
    true = clock.now()
    vault = toy_vault(folder / "v")
    kept = []
    for number, seconds in enumerate(JUMPS):
        shim.clock(seconds)
        assert abs(clock.now() - true - timedelta(seconds=seconds)) < timedelta(minutes=2)
        put_box(vault, f"box {number}")
        kept.append(vault.files.write([str(number).encode()], limit=100).content_id)
        if number % 3 == 0:
            vault.close()
            vault = Vault(folder / "v", "toy", KEY, SCHEMA)
    with vault:
        vault.check()
        assert [row[1] for row in contents(vault)["box"]] == [f"box {number}" for number in range(len(JUMPS))]
        # The journal is in the order of what happened, whatever the clock said.
        assert scalar(vault, "SELECT group_concat(row_id) FROM (SELECT row_id FROM change ORDER BY id)") == (
            ",".join(str(number + 1) for number in range(len(JUMPS)))
        )
        assert sorted(vault.files.ids()) == sorted(kept)
    return {"jumps": len(JUMPS), "boxes": len(JUMPS), "files": len(kept)}


if __name__ == "__main__":
    print(json.dumps(jump(Path(sys.argv[1]))))
