"""What the API answers is what it says it answers, for every operation and query there is."""

from __future__ import annotations

from pathlib import Path

from tests.product import Client, Product
from tests.stories.described import hold_against_description


def test_every_answer_is_as_described(product: Product, tmp_path: Path) -> None:
    made = product.seed("business", "Described Plumbing", "described@example.com", "Alice Tanner")
    client = Client(product, made["number"], made["token"])
    passed, said = hold_against_description(client, tmp_path, phases="fuzzing", examples=1)
    assert passed, said.partition("FAILURES")[2][:6000]
