"""What arrived at a server of the tests, held against the vendors' own descriptions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.vendor_specs import FOLDER, Exchange, Specification
from tests.vendors.servers import Received


def problems_of(vendor: str, request: Received) -> list[str]:
    """What the vendor's specification finds wrong with a request; skips where the files are absent."""
    exchange = Exchange(
        vendor=vendor,
        method=request.method,
        path=request.path,
        query=request.query,
        request_type=request.headers.get("content-type", ""),
        request=request.body,
        status=200,
        answer_type="application/json",
        answer=b"{}",
    )
    return Specification.of(vendor).request_problems(exchange)


def sample_of(vendor: str, name: str) -> dict[str, Any]:
    """One of the samples beside the specifications; skips where they are absent."""
    file = FOLDER / vendor / "samples" / f"{name}.json"
    if not file.is_file():
        pytest.skip(f"the vendor's sample {vendor}/{name} is not beside this checkout")
    sample: dict[str, Any] = json.loads(file.read_text())
    return sample
