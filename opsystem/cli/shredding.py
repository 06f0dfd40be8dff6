"""Commands that delete a vault for good."""

from __future__ import annotations

import argparse
import json
from typing import Any

from opsystem.control.audit.events import Origin
from opsystem.control.hosting.deletions import deletion_of
from opsystem.control.hosting.models import Deletion
from opsystem.kit import clock
from opsystem.kit.errors import NotFound
from opsystem.lifecycle.shredding import asking, performing


def vault_shred(given: argparse.Namespace) -> dict[str, Any]:
    """Delete a vault for good: in 72 hours, or at once with --now. Nothing brings it back."""
    asked = deletion_of(given.vault)
    asking.expect_typed(given.confirm, given.vault)
    if asked is None:
        asking.ask(given.vault, typed=given.confirm, expected=given.vault, person=None, origin=Origin())
    if given.now:
        Deletion.objects.filter(vault_id=given.vault, due_at__gt=clock.now()).update(due_at=clock.now())
        performing.shred([_asked(given.vault)])
    return _shown(_asked(given.vault))


def vault_keep(given: argparse.Namespace) -> dict[str, Any]:
    """Take the deletion of a vault back while there is time."""
    asking.take_back(given.vault, person=None, origin=Origin())
    return {"vault": given.vault, "deletion": "taken back"}


def deletion_list(given: argparse.Namespace) -> list[dict[str, Any]]:  # noqa: ARG001
    """List the deletions: asked for, being done, done."""
    return [_shown(deletion) for deletion in Deletion.objects.order_by("pk")]


def numbers_released(given: argparse.Namespace) -> dict[str, Any]:
    """Note that the phone numbers of a deleted vault were given back."""
    deletion = _asked(given.vault)
    deletion.numbers = []
    deletion.save(update_fields=["numbers"])
    return _shown(deletion)


def deletion_certificate(given: argparse.Namespace) -> str:
    """Print the certificate of a deleted vault, as JSON."""
    asked = _asked(given.vault)
    if asked.certificate is None:
        raise NotFound("There is no certificate yet.", code="no_certificate")
    return json.dumps(asked.certificate, indent=2)


def _asked(vault_id: str) -> Deletion:
    asked = deletion_of(vault_id)
    if asked is None:
        raise NotFound("No deletion was asked for this vault.", code="no_deletion")
    return asked


def _shown(deletion: Deletion) -> dict[str, Any]:
    return {
        "vault": deletion.vault_id,
        "business": deletion.business_number,
        "due_at": deletion.due_at,
        "keys_destroyed_at": deletion.destroyed_at,
        "finished_at": deletion.finished_at,
        "certificate": f"/deletion/{deletion.link}",
        "phone_numbers_to_release": deletion.numbers,
    }


_VAULT: dict[str, Any] = {"help": "the vault's id"}
COMMANDS: dict[str, tuple[Any, dict[str, dict[str, Any]]]] = {
    "vault shred": (
        vault_shred,
        {
            "vault": _VAULT,
            "--confirm": {"required": True, "metavar": "VAULT", "help": "the vault's id once more"},
            "--now": {"action": "store_true", "help": "do not wait 72 hours"},
        },
    ),
    "vault keep": (vault_keep, {"vault": _VAULT}),
    "vault released": (numbers_released, {"vault": _VAULT}),
    "vault deletions": (deletion_list, {}),
    "vault certificate": (deletion_certificate, {"vault": _VAULT}),
}
