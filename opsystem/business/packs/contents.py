"""What a pack file may hold, and reading it. A file that holds anything else is refused."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from opsystem.business.checklists.items import Items
from opsystem.business.prices.operations import Minutes, Unit
from opsystem.business.templates.operations import Channel, Key, Text
from opsystem.business.wording import Line, Name
from opsystem.kit.money import Cents

COMMON = "common"
_FOLDER = Path(__file__).parent


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class PackPrice(_Part):
    """An entry of the price list, in US cents for one unit."""

    name: Name
    category: Line
    unit: Unit
    price: Cents
    cost: Cents | None = None
    taxable: bool = False
    minutes: Minutes | None = None


class PackChecklist(_Part):
    """A checklist."""

    name: Name
    items: Annotated[Items, Field(strict=False)]


class PackTemplate(_Part):
    """A message template."""

    key: Key
    name: Name
    body: Text
    channel: Channel = "sms"
    subject: Line = ""


class Pack(_Part):
    """Everything a trade begins with."""

    title: Name
    prices: Annotated[tuple[PackPrice, ...], Field(strict=False)] = ()
    checklists: Annotated[tuple[PackChecklist, ...], Field(strict=False)] = ()
    templates: Annotated[tuple[PackTemplate, ...], Field(strict=False)] = ()


@cache
def common_pack() -> Pack:
    """Return what every trade begins with."""
    return _read(_FOLDER / f"{COMMON}.toml")


@cache
def trade_packs() -> dict[str, Pack]:
    """Return the packs of the trades by name, the common part not included."""
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.toml")) if path.stem != COMMON}


def _read(path: Path) -> Pack:
    with path.open("rb") as file:
        return Pack.model_validate(tomllib.load(file))
