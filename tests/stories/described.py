"""Schemathesis over the API: the answers held against the API's own description, with all checks.

`python -m tests.stories.described [EXAMPLES]` tries every phase with so many examples an operation (5).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import requests

from ops.stack import ROOT
from tests.product import Client, Product

# What fits the schema may still be no day, no address or no record: 422 and 404 are answers, not failures.
_CONFIG = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "422", "503"]

[parameters]
"path.business" = {number}
"""


def hold_against_description(
    client: Client, folder: Path, *, phases: str, examples: int, only: str = ""
) -> tuple[bool, str]:
    """Return whether nothing failed, and what was said."""
    product = client.product
    token = f"Authorization: Bearer {client.token}"
    name, _, value = token.partition(": ")
    answer = requests.get(
        f"{product.url}/api/v1/b/{client.number}/openapi.json", headers={name: value}, timeout=60
    )
    answer.raise_for_status()
    described, config = folder / "openapi.json", folder / "schemathesis.toml"
    described.write_text(json.dumps(answer.json()))
    config.write_text(_CONFIG.format(number=client.number))
    done = subprocess.run(
        [
            str(Path(sys.executable).parent / "schemathesis"), "--config-file", str(config), "run",
            str(described), "--url", product.url, "--header", token, "--checks", "all", "--seed", "1",
            "--phases", phases, "--max-examples", str(examples), "--continue-on-failure",
            *(("--include-operation-id-regex", only) if only else ()),
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    return done.returncode == 0, done.stdout + done.stderr


def main(examples: int) -> int:
    """Try everything on an installation of its own."""
    with tempfile.TemporaryDirectory(prefix="opsystem-described-") as name:
        product = Product(Path(name) / "product")
        with product.stack:
            product.start()
            made = product.seed("business", "Hurley Plumbing", "api@example.com", "Alice Tanner")
            client = Client(product, made["number"], made["token"])
            passed, said = hold_against_description(
                client, Path(name), phases="examples,coverage,fuzzing", examples=examples
            )
    print(said)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
