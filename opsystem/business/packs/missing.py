"""What of a pack a business does not have yet."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from opsystem.business.checklists.models import Checklist
from opsystem.business.packs.contents import Pack, PackChecklist, PackPrice, PackTemplate
from opsystem.business.prices.models import Price
from opsystem.business.templates.models import Template
from opsystem.operations import Work


@dataclass(frozen=True)
class Missing:
    """The parts of packs that are not there."""

    prices: list[PackPrice]
    checklists: list[PackChecklist]
    templates: list[PackTemplate]

    def __bool__(self) -> bool:
        return bool(self.prices or self.checklists or self.templates)


@dataclass(frozen=True)
class Present:
    """What the business has by name: removed prices too, so that they do not come back unasked."""

    prices: frozenset[str]
    checklists: frozenset[str]
    templates: frozenset[str]

    @classmethod
    def of(cls, work: Work) -> Present:
        """Return what a business has."""
        return cls(
            prices=frozenset(name.lower() for name in work.session.scalars(select(Price.name))),
            checklists=frozenset(name.lower() for name in work.session.scalars(select(Checklist.name))),
            templates=frozenset(work.session.scalars(select(Template.key))),
        )

    def lacking(self, *packs: Pack) -> Missing:
        """Return what of these packs is not there."""
        return Missing(
            [part for pack in packs for part in pack.prices if part.name.lower() not in self.prices],
            [part for pack in packs for part in pack.checklists if part.name.lower() not in self.checklists],
            [part for pack in packs for part in pack.templates if part.key not in self.templates],
        )
