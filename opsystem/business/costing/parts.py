"""A job's margin in parts, by what was sold or by who worked; the parts add up to the job, to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opsystem.business.costing.records import JobCost
from opsystem.business.lines import allocate
from opsystem.kit.refs import parse_ref


@dataclass
class Head:
    """Under what a part of a job stands: its weight, and its own costs where they are known."""

    key: str
    name: str
    weight: int = 0
    parts: int | None = None
    labor: int | None = None


@dataclass(frozen=True)
class Part:
    """What a service or a person brings and takes on a job, in US cents."""

    key: str
    name: str
    revenue: int
    parts: int
    labor: int
    expenses: int

    @property
    def margin(self) -> int:
        """Revenue less every cost."""
        return self.revenue - self.parts - self.labor - self.expenses


def shared(cost: JobCost, heads: Sequence[Head]) -> list[Part]:
    """Share a job out among heads; what a head has of its own is its own, the rest goes by weight.

    Where one head has costs of its own, each has, and together they are the job's.
    """
    weights = [max(one.weight, 0) for one in heads]
    revenue, expenses = allocate(cost.revenue_cents, weights), allocate(cost.expense_cents, weights)
    parts, labor = allocate(cost.parts_cents, weights), allocate(cost.labor_cents, weights)
    return [
        Part(
            one.key,
            one.name,
            revenue[place],
            parts[place] if one.parts is None else one.parts,
            labor[place] if one.labor is None else one.labor,
            expenses[place],
        )
        for place, one in enumerate(heads)
    ]


def owners(costs: Sequence[JobCost]) -> dict[int, int]:
    """Return, by the number of a job or of a callback to it, the job it is counted under."""
    return {
        number: cost.job_id
        for cost in costs
        for number in (cost.job_id, *(parse_ref(one)[1] for one in cost.callbacks))
    }
