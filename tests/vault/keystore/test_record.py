"""A sealed vault key opens for its own vault, epoch and version, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsystem.kit.errors import Invalid
from opsystem.vault.keys import KeyUnusable, new_key
from opsystem.vault.keystore.record import RECORD_BYTES, Record

vault_ids = st.text(min_size=1, max_size=16)
numbers = st.integers(0, 2**32 - 1)
EPOCH_KEY, KEY = new_key(), new_key()


@given(vault_id=vault_ids, epoch=numbers, version=numbers)
def test_a_record_opens_for_its_vault_after_packing(vault_id: str, epoch: int, version: int) -> None:
    packed = Record.seal(EPOCH_KEY, epoch, vault_id, KEY, version=version).packed()
    assert len(packed) == RECORD_BYTES
    assert KEY not in packed
    read = Record.unpack(packed)
    assert read is not None
    assert (read.vault_id, read.version) == (vault_id, version)
    assert read.open(EPOCH_KEY, epoch) == KEY


@given(first=st.tuples(vault_ids, numbers, numbers), second=st.tuples(vault_ids, numbers, numbers))
def test_a_record_opens_for_no_other_vault_epoch_or_version(
    first: tuple[str, int, int], second: tuple[str, int, int]
) -> None:
    record = Record.seal(EPOCH_KEY, first[1], first[0], KEY, version=first[2])
    moved = replace(record, vault_id=second[0], version=second[2])
    if first == second:
        assert moved.open(EPOCH_KEY, second[1]) == KEY
    else:
        with pytest.raises(KeyUnusable):
            moved.open(EPOCH_KEY, second[1])


def test_another_state_or_epoch_key_opens_nothing_and_the_error_holds_no_key() -> None:
    record = Record.seal(EPOCH_KEY, 1, "7", KEY)
    with pytest.raises(KeyUnusable):
        replace(record, state=2).open(EPOCH_KEY, 1)
    with pytest.raises(KeyUnusable) as caught:
        record.open(new_key(), 1)
    assert EPOCH_KEY.hex() not in str(caught.value)


def test_every_changed_bit_of_a_packed_record_is_noticed() -> None:
    packed = Record.seal(EPOCH_KEY, 1, "7", KEY).packed()
    for bit in range(len(packed) * 8):
        changed = bytearray(packed)
        changed[bit // 8] ^= 1 << bit % 8
        assert Record.unpack(bytes(changed)) is None
    for length in (0, 1, len(packed) - 1, len(packed) + 1):
        assert Record.unpack((packed + bytes(9))[:length]) is None


@pytest.mark.parametrize("vault_id", ["", "x" * 65, "é" * 33])
def test_an_id_that_does_not_fit_is_refused(vault_id: str) -> None:
    with pytest.raises(Invalid):
        Record.seal(EPOCH_KEY, 1, vault_id, KEY)
