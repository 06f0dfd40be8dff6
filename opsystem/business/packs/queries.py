"""What may be asked about packs."""

from __future__ import annotations

from opsystem.business.packs.contents import common_pack, trade_packs
from opsystem.business.packs.missing import Present
from opsystem.business.packs.records import PackRow
from opsystem.operations import Permission, Work, query


@query(permission=Permission.PRICES_READ, label="List packs")
def list_packs(work: Work) -> list[PackRow]:
    """List the starter packs of the trades: prices, checklists and templates to begin with."""
    present, common = Present.of(work), common_pack()
    return [
        PackRow(
            name=name,
            title=pack.title,
            prices=len(pack.prices) + len(common.prices),
            checklists=len(pack.checklists) + len(common.checklists),
            templates=len(pack.templates) + len(common.templates),
            installed=not present.lacking(common, pack),
        )
        for name, pack in sorted(trade_packs().items(), key=lambda entry: entry[1].title)
    ]
