"""A slot in a process of its own, asked over a Unix socket: one JSON line there, one back."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
from dataclasses import asdict
from pathlib import Path
from typing import Any

from opsystem.vault.keys import KeyUnusable
from opsystem.vault.keystore import SealedSlot, SlotStatus
from opsystem.vault.keystore.problems import SlotRefused, SlotSilent
from opsystem.vault.keystore.receipts import Receipt
from opsystem.vault.keystore.slot import Slot
from tests.vault.keystore.recording import RecordingDisk

_PATIENCE = 2.0


class SlotLine:
    """`Slot` at the other end of a line. Raises SlotSilent when nobody answers."""

    def __init__(self, address: Path, name: str) -> None:
        self._address, self._name = address, name

    @property
    def name(self) -> str:
        return self._name

    def _ask(self, order: str, *given: Any) -> Any:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(_PATIENCE)
                line.connect(str(self._address))
                line.sendall(json.dumps([order, *given]).encode() + b"\n")
                with line.makefile() as answers:
                    answer = json.loads(answers.readline())
        except (OSError, ValueError) as error:
            raise SlotSilent(self._name) from error
        if "refused" in answer:
            raise SlotRefused(self._name, answer["refused"])
        if "unusable" in answer:
            raise KeyUnusable(answer["unusable"])
        return answer["said"]

    def status(self) -> SlotStatus:
        said = self._ask("status")
        return SlotStatus(**{**said, "pending": tuple(said["pending"]), "active": tuple(said["active"])})

    def key_of(self, epoch: int) -> bytes | None:
        said = self._ask("key_of", epoch)
        return None if said is None else bytes.fromhex(said)

    def noise(self) -> bytes:
        return bytes.fromhex(self._ask("noise"))

    def begin(self, fence: int) -> None:
        self._ask("begin", fence)

    def hold(self, fence: int, epoch: int, key: bytes) -> None:
        self._ask("hold", fence, epoch, key.hex())

    def activate(self, fence: int, epoch: int) -> None:
        self._ask("activate", fence, epoch)

    def destroy_before(self, fence: int, epoch: int) -> None:
        self._ask("destroy_before", fence, epoch)

    def receipt(self, fence: int, challenge: str) -> Receipt:
        return Receipt.from_dict(self._ask("receipt", fence, challenge))


class SlotProcess:
    """The process behind a line; it is killed and started again as one likes."""

    def __init__(self, folder: Path, root: bytes, name: str, loot: Path) -> None:
        self._folder, self._root, self._name, self._loot = folder, root, name, loot
        self._address = folder.parent / f"slot-{name}.sock"
        self._pid = 0
        self.kills = 0
        self.line: Slot = SlotLine(self._address, name)

    def start(self) -> None:
        """Listen before anybody can ask: the socket is made here, and answered by the child."""
        self._address.unlink(missing_ok=True)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(self._address))
        listener.listen(16)
        self._pid = os.fork()
        if self._pid == 0:
            try:
                disk = RecordingDisk(self._folder, self._loot)
                _serve(listener, SealedSlot(disk, self._root, name=self._name))
            finally:
                os._exit(1)  # never back into what the parent does
        listener.close()

    def kill(self) -> None:
        """End it the hard way."""
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            self._pid, self.kills = 0, self.kills + 1


def _serve(listener: socket.socket, slot: SealedSlot) -> None:
    while True:
        line, _ = listener.accept()
        # Who asked may be killed before the answer; what it asked for is done all the same.
        with contextlib.suppress(OSError), line, line.makefile("rw") as words:
            asked = words.readline()
            if asked.endswith("\n"):
                words.write(json.dumps(_answer(slot, *json.loads(asked))) + "\n")


def _answer(slot: SealedSlot, order: str, *given: Any) -> dict[str, Any]:
    if order == "hold":
        given = (*given[:2], bytes.fromhex(given[2]))
    try:
        said = getattr(slot, order)(*given)
    except SlotRefused as problem:
        return {"refused": problem.message}
    except KeyUnusable as problem:
        return {"unusable": problem.message}
    if isinstance(said, bytes):
        return {"said": said.hex()}
    if isinstance(said, SlotStatus):
        return {"said": asdict(said)}
    return {"said": said.as_dict() if isinstance(said, Receipt) else said}
