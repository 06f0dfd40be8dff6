"""Text people type, as the input of operations: how long it may be."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

Name = Annotated[str, Field(min_length=1, max_length=120)]
Line = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=10_000)]
