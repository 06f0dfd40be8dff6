#!/usr/bin/env python3
"""Check a certificate of deletion. Needs Python 3.9 or newer and the package `cryptography`, nothing else.

    python check_deletion.py certificate.json
    python check_deletion.py certificate.json --key HEX --vault ID

--key    the operator's public key, as the page "How deletion works" shows it. Without it the signature proves
         only that nobody changed the certificate since it was signed by the key it names.
--vault  the vault's id: says whether this is the certificate of that vault.

A certificate and each receipt in it are JSON objects. What is signed (Ed25519) is the object without its
`signature`, written with sorted keys, without spaces, in ASCII.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "opsystem deletion certificate 1"
Record = dict[str, Any]


def is_signed(record: Record, public_key: str) -> bool:
    """Say whether `signature` of a JSON object was made by this public key (hex)."""
    unsigned = {name: value for name, value in record.items() if name != "signature"}
    words = json.dumps(unsigned, sort_keys=True, separators=(",", ":")).encode("ascii")
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(record["signature"]), words)
    except (InvalidSignature, ValueError, KeyError, TypeError):
        return False
    return True


def problems_of(certificate: Any, key: str | None = None, vault: str | None = None) -> list[str]:
    """Return what is wrong with a certificate, one sentence each; nothing when it holds."""
    if not isinstance(certificate, dict) or certificate.get("format") != FORMAT:
        return ["This is no certificate of deletion."]
    problems = []
    if key is not None and certificate.get("signed_by") != key.strip().lower():
        problems.append("It was not signed by the operator's key.")
    if not is_signed(certificate, str(certificate.get("signed_by"))):
        problems.append("The signature is wrong: the certificate was changed.")
    if vault is not None:
        expected = hashlib.sha256(b"opsystem tombstone 1:" + vault.encode()).hexdigest()
        if certificate.get("vault_hash") != expected:
            problems.append("It is the certificate of another vault.")
    return problems or _problems_inside(certificate)


def _problems_inside(certificate: Record) -> list[str]:
    problems = []
    destroyed, receipts = certificate["epoch_destroyed"], certificate["receipts"]
    if not receipts:
        problems.append("It has no receipt of any key slot.")
    if len({receipt["slot_id"] for receipt in receipts}) != len(receipts):
        problems.append("Two receipts are of the same slot.")
    for receipt in receipts:
        slot = receipt["slot_id"]
        if not is_signed(receipt, receipt["public_key"]):
            problems.append(f"The receipt of slot {slot} is not signed by that slot.")
        if receipt["challenge"] != certificate["challenge"]:
            problems.append(f"The receipt of slot {slot} is of another rotation.")
        if receipt["oldest"] <= destroyed or min(receipt["epochs"], default=0) <= destroyed:
            problems.append(f"Slot {slot} still holds the key that should be destroyed.")
    if certificate["test"]["opened"] != 0:
        problems.append("A sealed key could still be opened when it was tried.")
    asked, gone = (datetime.fromisoformat(certificate[name]) for name in ("asked_at", "keys_destroyed_at"))
    if gone < asked:
        problems.append("The keys were destroyed before anybody asked for it.")
    return problems


def main() -> int:
    """Check the certificate named on the command line; the exit status is 0 when it holds."""
    parser = argparse.ArgumentParser(description="Check a certificate of deletion.")
    parser.add_argument("certificate", help="the file")
    parser.add_argument("--key", help="the operator's public key")
    parser.add_argument("--vault", help="the vault's id")
    given = parser.parse_args()
    try:
        with Path(given.certificate).open(encoding="utf-8") as file:
            certificate = json.load(file)
        problems = problems_of(certificate, given.key, given.vault)
    except (OSError, ValueError, KeyError, TypeError) as error:
        problems = [f"It cannot be read ({type(error).__name__})."]
    for problem in problems:
        print(problem)
    if problems:
        return 1
    print(f"The certificate holds. Signed by {certificate['signed_by']}.")
    slots = ", ".join(receipt["slot_id"] for receipt in certificate["receipts"])
    print(f"The keys were destroyed at {certificate['keys_destroyed_at']}. Receipts of the slots: {slots}.")
    for slot, at in certificate.get("declared_destroyed", {}).items():
        print(f"Without a receipt: the operator declared slot {slot} destroyed at {at}.")
    print(f"The last bytes are gone from backups by {certificate['backups']['bytes_gone_by']}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
