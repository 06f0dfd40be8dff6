"""References as the input of operations: `C-12` where a client is asked for, and nothing else there."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from opsystem.kit.errors import Invalid
from opsystem.kit.refs import LETTERS, make_ref, parse_ref


def _reference_to(*kinds: str) -> AfterValidator:
    wanted = " or ".join(f"{LETTERS[kind]}-12" for kind in kinds)

    def check(text: str) -> str:
        try:
            return make_ref(*parse_ref(text, *kinds))
        except Invalid as error:
            raise ValueError(f"Give a reference like {wanted}.") from error

    return AfterValidator(check)


ClientRef = Annotated[str, _reference_to("client"), Field(description="A client, like C-12.")]
PropertyRef = Annotated[str, _reference_to("property"), Field(description="A client's property, like P-12.")]
PersonRef = Annotated[str, _reference_to("person"), Field(description="Somebody at a client, like CP-3.")]
FieldRef = Annotated[str, _reference_to("field"), Field(description="A custom field, like CF-3.")]
TagRef = Annotated[str, _reference_to("tag"), Field(description="A tag, like TG-2.")]
ViewRef = Annotated[str, _reference_to("view"), Field(description="A saved view, like SV-2.")]
JobRef = Annotated[str, _reference_to("job"), Field(description="A job, like J-12.")]
VisitRef = Annotated[str, _reference_to("visit"), Field(description="A visit, like V-12.")]
MemberRef = Annotated[str, _reference_to("member"), Field(description="A person of the team, like U-2.")]
PriceRef = Annotated[str, _reference_to("price"), Field(description="A price list entry, like S-12.")]
QuoteRef = Annotated[str, _reference_to("quote"), Field(description="A quote, like Q-88.")]
ChecklistRef = Annotated[str, _reference_to("checklist"), Field(description="A checklist, like K-2.")]
SeriesRef = Annotated[str, _reference_to("series"), Field(description="Recurring work, like W-3.")]
RequestRef = Annotated[str, _reference_to("request"), Field(description="A request for work, like R-7.")]
JobTypeRef = Annotated[str, _reference_to("job_type"), Field(description="A sort of work, like JT-2.")]
EquipmentRef = Annotated[str, _reference_to("equipment"), Field(description="Equipment, like EQ-6.")]
SkillRef = Annotated[str, _reference_to("skill"), Field(description="A skill, like SK-4.")]
CertificateRef = Annotated[str, _reference_to("certificate"), Field(description="A certificate, like CE-5.")]
TimeRef = Annotated[str, _reference_to("time"), Field(description="A stretch of time worked, like TE-90.")]
TemplateRef = Annotated[str, _reference_to("template"), Field(description="A message template, like X-2.")]
FileRef = Annotated[str, _reference_to("file"), Field(description="A file or photo, like F-7.")]
ThreadRef = Annotated[str, _reference_to("thread"), Field(description="A thread of messages, like T-3.")]
LinkRef = Annotated[str, _reference_to("link"), Field(description="A link of a client, like L-4.")]
MessageRef = Annotated[str, _reference_to("message"), Field(description="A message, like M-90.")]
ChangeRef = Annotated[str, _reference_to("change"), Field(description="A change in the history, like H-41.")]
ConversationRef = Annotated[
    str, _reference_to("conversation"), Field(description="A conversation with Claude, like Y-3.")
]
ProposalRef = Annotated[str, _reference_to("proposal"), Field(description="A proposal of Claude, like A-5.")]
TaxRef = Annotated[str, _reference_to("tax"), Field(description="A tax rate, like TX-2.")]
DraftRef = Annotated[str, _reference_to("draft"), Field(description="A draft of an invoice, like D-7.")]
InvoiceRef = Annotated[str, _reference_to("invoice"), Field(description="An invoice, like I-1042.")]
DepositRef = Annotated[
    str, _reference_to("job", "quote"), Field(description="What a deposit is for: a job like J-4 or a quote.")
]
PaymentRef = Annotated[str, _reference_to("payment"), Field(description="A payment, like PY-12.")]
DisputeRef = Annotated[str, _reference_to("dispute"), Field(description="A dispute, like DP-3.")]
PlanRef = Annotated[str, _reference_to("plan"), Field(description="A billing plan, like RP-3.")]
ExpenseRef = Annotated[str, _reference_to("expense"), Field(description="An expense, like E-12.")]
EntryRef = Annotated[str, _reference_to("entry"), Field(description="An entry of the books, like LE-40.")]
MethodRef = Annotated[str, _reference_to("method"), Field(description="A kept way to pay, like PM-3.")]
FindingRef = Annotated[str, _reference_to("finding"), Field(description="A finding, like FN-3.")]
CheckoutRef = Annotated[str, _reference_to("checkout"), Field(description="A payment page, like PP-9.")]
AboutRef = Annotated[
    str,
    _reference_to("visit", "job", "invoice", "quote"),
    Field(description="What it is about: a visit like V-31, a job like J-204, an invoice or a quote."),
]
ClientOrJobRef = Annotated[
    str, _reference_to("client", "job"), Field(description="A client like C-12, or a job like J-204.")
]


def number_of(reference: str) -> int:
    """Return the number in a reference (`C-12` gives 12). Raises Invalid."""
    return parse_ref(reference)[1]
