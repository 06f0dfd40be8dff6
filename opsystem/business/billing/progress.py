"""Progress billing: a contract sum billed by stages, a share of each held back until the last is billed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.billing.models import ProgressContract, ProgressStage
from opsystem.business.invoices.drafts import draft_invoice
from opsystem.business.invoices.issuing import issue_invoice
from opsystem.business.invoices.models import Invoice, InvoiceDraft
from opsystem.business.invoices.records import DraftLine, Issued
from opsystem.business.jobs.models import Job
from opsystem.business.jobs.money import tell_money
from opsystem.business.lines import allocate, divide_half_up
from opsystem.business.lines.discounts import MilliPercent
from opsystem.business.references import JobRef, number_of
from opsystem.business.wording import Name
from opsystem.kit.errors import Conflict
from opsystem.kit.money import Cents
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Saved, Work, operation


@dataclass(frozen=True)
class Stage:
    """A stage of a contract, with its share of the sum in any unit: 30, 40, 30."""

    name: Name
    share: Annotated[int, Field(ge=1, le=1_000_000)]


Stages = Annotated[tuple[Stage, ...], Field(min_length=1, max_length=50)]


@operation(permission=Permission.INVOICES_WRITE, effect=Effect.COMMIT, label="Bill job by stages")
def agree_progress(
    work: Work,
    *,
    job: JobRef,
    sum_cents: Cents,
    stages: Stages,
    retainage_milli_percent: MilliPercent = 0,
    taxable: bool = False,
) -> Saved:
    """Agree that a job is billed by stages. Their sums come to `sum_cents` (before tax) to the cent.

    Of every stage the client holds back `retainage_milli_percent` until all are billed.
    """
    row = work.get(Job, number_of(job), "job")
    if work.session.scalar(select(ProgressContract.id).where(ProgressContract.job_id == row.id)):
        raise Conflict(f"{row.ref} is billed by stages already.", code="contract_there")
    contract = ProgressContract(
        job_id=row.id, sum_cents=sum_cents, retainage_milli_percent=retainage_milli_percent,
        taxable=taxable, made_at=work.now, made_by=work.actor.name,
    )  # fmt: skip
    work.session.add(contract)
    work.session.flush()
    parts = allocate(sum_cents, [one.share for one in stages])
    held = allocate(divide_half_up(sum_cents * retainage_milli_percent, 100_000), parts)
    for place, (stage, cents, back) in enumerate(zip(stages, parts, held, strict=True), start=1):
        work.session.add(
            ProgressStage(
                contract_id=contract.id, position=place, name=stage.name, cents=cents, retained_cents=back
            )
        )
    tell_money(work, row.id)
    work.describe(f"Agreed {len(stages)} stages for {row.ref}")
    return Saved(contract.ref, contract.id)


@operation(permission=Permission.INVOICES_WRITE, effect=Effect.COMMIT, label="Bill next stage")
def bill_stage(work: Work, *, job: JobRef) -> Issued:
    """Bill the next stage of a job; when all are billed, bill what was held back."""
    row = work.get(Job, number_of(job), "job")
    contract = contract_of(work, row)
    following = next((one for one in stages_of(work, contract) if not _stands(work, one.invoice_id)), None)
    if following is not None:
        line = DraftLine(f"{row.title}: {following.name}", following.cents, taxable=contract.taxable)
        issued = _issue(work, row, line, following.retained_cents)
        following.invoice_id = issued.id
        tell_money(work, row.id)
        return issued
    held = sum(one.retained_cents for one in stages_of(work, contract))
    if not held or _stands(work, contract.release_invoice_id):
        raise Conflict(f"All of {row.ref} is billed.", code="all_billed")
    issued = _issue(work, row, DraftLine(f"{row.title}: held back until the end", held), 0, releases=True)
    contract.release_invoice_id = issued.id
    tell_money(work, row.id)
    return issued


def contract_of(work: Work, job: Job) -> ProgressContract:
    """Return the contract a job is billed by. Raises Conflict when there is none."""
    found = work.session.scalar(select(ProgressContract).where(ProgressContract.job_id == job.id))
    if found is None:
        raise Conflict(f"{job.ref} is not billed by stages.", code="no_contract")
    return found


def stages_of(work: Work, contract: ProgressContract) -> list[ProgressStage]:
    """Return the stages of a contract in order."""
    mine = select(ProgressStage).where(ProgressStage.contract_id == contract.id)
    return list(work.session.scalars(mine.order_by(ProgressStage.position)))


def _stands(work: Work, number: int | None) -> bool:
    """Tell whether an invoice was made and not voided: a voided stage is billed again."""
    invoice = work.session.get(Invoice, number) if number is not None else None
    return invoice is not None and invoice.voided_at is None


def _issue(work: Work, job: Job, line: DraftLine, retained: int, *, releases: bool = False) -> Issued:
    client = make_ref("client", job.client_id)
    made = work.do(draft_invoice, client=client, job=job.ref, lines=(line,))
    draft = work.get(InvoiceDraft, made.id, "draft")
    draft.retained_cents, draft.releases = retained, releases
    work.session.flush()
    return work.do(issue_invoice, draft=made.ref)
