"""What may be done with packs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from opsystem.business.checklists.models import Checklist
from opsystem.business.checklists.operations import write_items
from opsystem.business.packs.contents import common_pack, trade_packs
from opsystem.business.packs.missing import Present
from opsystem.business.packs.records import Installed
from opsystem.business.prices.models import Price
from opsystem.business.templates.models import Template
from opsystem.kit.errors import Invalid
from opsystem.operations import Effect, Permission, Work, operation

PackName = Annotated[str, Field(max_length=40, description="The pack's name, from `list_packs`: plumbing.")]


@operation(permission=Permission.LISTS_WRITE, effect=Effect.COMMIT, label="Install pack")
def install_pack(work: Work, *, name: PackName) -> Installed:
    """Add a trade's prices, checklists and templates, marked as suggested. What is there stays as it is."""
    pack = trade_packs().get(name)
    if pack is None:
        message = f"Choose one of: {', '.join(trade_packs())}."
        raise Invalid(message, code="no_pack", fields={"name": message})
    missing = Present.of(work).lacking(common_pack(), pack)
    work.session.add_all(
        Price(
            name=part.name,
            category=part.category,
            unit=part.unit,
            price_cents=part.price,
            cost_cents=part.cost,
            taxable=part.taxable,
            minutes=part.minutes,
            suggested=True,
        )
        for part in missing.prices
    )
    work.session.add_all(Template(**part.model_dump(), suggested=True) for part in missing.templates)
    for part in missing.checklists:
        checklist = Checklist(name=part.name, suggested=True)
        work.session.add(checklist)
        work.session.flush()
        write_items(work, checklist, part.items)
    work.describe(f"Installed the pack {pack.title}")
    return Installed(
        name=name,
        title=pack.title,
        prices=len(missing.prices),
        checklists=len(missing.checklists),
        templates=len(missing.templates),
    )
