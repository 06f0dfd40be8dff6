"""A certificate holds against the script that anybody may run, and every lie in it is found."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from opsystem.control.audit.events import Origin
from opsystem.control.hosting.models import Deletion
from opsystem.control.hosting.places import place_of
from opsystem.kit import clock
from opsystem.lifecycle.provisioning import start_business
from opsystem.lifecycle.shredding import asking, checking, performing
from opsystem.lifecycle.shredding.certificate import public_key
from opsystem.lifecycle.shredding.steady import MOST, jumped_by
from opsystem.vault.keystore.receipts import public_words, signed_words
from tests.control.people import new_person

Certificate = dict[str, Any]
Lie = Callable[[Certificate], None]


@pytest.fixture(scope="module")
def deleted(installation: object) -> Deletion:  # noqa: ARG001 - tables must be there
    business = start_business(
        new_person("Alice"), name="Hurley Plumbing", phone="+12285550142", website="", industry="plumbing"
    )
    vault_id = place_of(business.pk).vault_id
    asking.ask(vault_id, typed="x", expected="x", person=None, origin=Origin())
    Deletion.objects.filter(vault_id=vault_id).update(due_at=clock.now())
    performing.delete_what_is_due()
    return Deletion.objects.get(vault_id=vault_id)


def certificate_of(deletion: Deletion) -> Certificate:
    assert isinstance(deletion.certificate, dict)
    return copy.deepcopy(deletion.certificate)


def test_the_certificate_says_what_happened(deleted: Deletion) -> None:
    told = certificate_of(deleted)
    assert told["test"] == {"sealed_keys_found": 1, "epoch_keys_tried": 1, "opened": 0}
    assert [place["place"] for place in told["places"]][:4] == [
        "key store", "key slots", "vault directory", "control plane",
    ]  # fmt: skip
    assert told["receipts"][0]["oldest"] == told["epoch_now"]
    gone = datetime.fromisoformat(told["backups"]["bytes_gone_by"]).date()
    assert gone - datetime.fromisoformat(told["keys_destroyed_at"]).date() == timedelta(days=35)
    assert deleted.vault_id not in json.dumps(told)
    assert "Hurley" not in json.dumps(told)


def test_the_script_runs_alone_and_says_yes_or_no(deleted: Deletion, tmp_path: Path) -> None:
    script, file = tmp_path / "check_deletion.py", tmp_path / "certificate.json"
    script.write_bytes(Path(checking.__file__).read_bytes())

    def run(certificate: Any, *more: str) -> subprocess.CompletedProcess[str]:
        file.write_text(json.dumps(certificate))
        command = [sys.executable, "-I", str(script), str(file), *more]
        return subprocess.run(command, cwd=tmp_path, text=True, capture_output=True, check=False)

    good = run(certificate_of(deleted), "--key", public_key(), "--vault", deleted.vault_id)
    assert good.returncode == 0, good.stdout
    assert "The certificate holds" in good.stdout
    for bad in (
        run({**certificate_of(deleted), "business": 1}),
        run(certificate_of(deleted), "--vault", "another"),
        run(certificate_of(deleted), "--key", "00" * 32),
        run(["no", "certificate"]),
    ):
        assert bad.returncode == 1
        assert bad.stdout
        assert "Traceback" not in bad.stderr


def test_every_changed_field_is_noticed(deleted: Deletion) -> None:
    assert checking.problems_of(certificate_of(deleted), public_key(), deleted.vault_id) == []
    for name in certificate_of(deleted):
        without = {key: value for key, value in certificate_of(deleted).items() if key != name}
        assert checking.problems_of(without, public_key(), deleted.vault_id), name
        changed = {**certificate_of(deleted), name: "something else"}
        assert checking.problems_of(changed, public_key(), deleted.vault_id), name


def _still_held(told: Certificate) -> None:
    told["receipts"][0]["epochs"] = [told["epoch_destroyed"], told["epoch_now"]]


def _older_receipt(told: Certificate) -> None:
    told["receipts"][0]["challenge"] = "another"


def _no_receipts(told: Certificate) -> None:
    told["receipts"] = []


def _one_receipt_twice(told: Certificate) -> None:
    told["receipts"] *= 2


def _opened(told: Certificate) -> None:
    told["test"]["opened"] = 1


def _too_early(told: Certificate) -> None:
    told["keys_destroyed_at"] = "2020-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    "lie", [_still_held, _older_receipt, _no_receipts, _one_receipt_twice, _opened, _too_early]
)
def test_a_lie_is_found_also_when_somebody_signs_it_anew(deleted: Deletion, lie: Lie) -> None:
    told = certificate_of(deleted)
    lie(told)
    forger = Ed25519PrivateKey.generate()
    told["signed_by"] = public_words(forger)
    told["signature"] = forger.sign(signed_words(told)).hex()
    assert checking.problems_of(told)
    assert checking.problems_of(told, public_key()) == ["It was not signed by the operator's key."]


def test_a_clock_that_jumped_is_noticed_either_way() -> None:
    began = (datetime(2026, 11, 23, 12, 0, tzinfo=UTC), 1000.0)
    hour = timedelta(hours=1)
    assert jumped_by(began[0] + hour, 1000 + 3600, began) == timedelta(0)
    assert jumped_by(began[0] + 3 * hour, 1000 + 3600, began) > MOST
    assert jumped_by(began[0] - 2 * hour, 1000, began) > MOST
