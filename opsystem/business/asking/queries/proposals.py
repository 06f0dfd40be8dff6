"""What may be asked about proposals: exactly what would be done, in people's words."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, func, select

from opsystem.business.asking.models import Proposal, Turn
from opsystem.business.asking.persons import person, visible_proposal
from opsystem.business.asking.records import ProposalField, ProposalRow
from opsystem.business.clients.models import Client
from opsystem.business.references import ConversationRef, ProposalRef, number_of
from opsystem.business.team.models import Member
from opsystem.business.titles import title_of
from opsystem.kit.errors import Invalid
from opsystem.kit.refs import make_ref, parse_ref
from opsystem.operations import CATALOGUE, Declared, Effect, Page, Permission, Work, query

PAGE = 30
_LONG = 200


@query(permission=Permission.ASSISTANT_USE, label="List proposals", assistant=False)
def list_proposals(
    work: Work,
    *,
    state: Literal["pending", "decided", "all"] = "pending",
    conversation: ConversationRef | None = None,
    page: Annotated[int, Field(ge=1)] = 1,
) -> Page[ProposalRow]:
    """List what Claude proposes, newest first: one's own, or everybody's for who may approve."""
    member_id = person(work)
    open_now = (Proposal.state == "pending") & (Proposal.expires_at > work.now)
    wanted: list[ColumnElement[bool]] = []
    if not work.actor.may(Permission.APPROVE):
        wanted.append(Proposal.member_id == member_id)
    if state != "all":
        wanted.append(open_now if state == "pending" else ~open_now)
    if conversation is not None:
        wanted.append(Proposal.conversation_id == number_of(conversation))
    total = work.session.scalar(select(func.count(Proposal.id)).where(*wanted)) or 0
    newest = select(Proposal).where(*wanted).order_by(Proposal.id.desc())
    found = work.session.scalars(newest.limit(PAGE).offset((page - 1) * PAGE)).all()
    rows = [_row(work, proposal) for proposal in found]
    return Page(rows=rows, total=total, number=page, size=PAGE)


@query(permission=Permission.ASSISTANT_USE, label="Show proposal", assistant=False)
def show_proposal(work: Work, *, proposal: ProposalRef) -> ProposalRow:
    """Show exactly what Claude proposes to do."""
    return _row(work, visible_proposal(work, proposal))


def _row(work: Work, row: Proposal) -> ProposalRow:
    declared = CATALOGUE.get(row.operation)
    arguments: dict[str, Any] = json.loads(row.arguments)
    turn = work.session.get(Turn, row.turn_id)
    asker = work.session.get(Member, row.member_id)
    client = work.session.get(Client, row.client_id) if row.client_id is not None else None
    late = row.state == "pending" and row.expires_at <= work.now
    pending = row.state == "pending" and not late
    return ProposalRow(
        ref=row.ref,
        id=row.id,
        conversation=make_ref("conversation", row.conversation_id),
        turn=row.turn_id,
        operation=row.operation,
        label=declared.label,
        effect=declared.effect.name.lower(),
        reason=row.reason,
        client=make_ref("client", row.client_id) if row.client_id is not None else None,
        client_name=client.name if client is not None else None,
        fields=_fields(work, declared, arguments),
        arguments=arguments,
        arguments_hash=row.arguments_hash,
        tainted=turn is not None and turn.tainted,
        asked_by=asker.name if asker is not None else "",
        state="expired" if late else row.state,
        may_decide=pending and work.actor.may(declared.permission),
        created_at=row.created_at,
        expires_at=row.expires_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        rejection=row.rejection,
        result=json.loads(row.result) if row.result is not None else None,
    )


def _fields(work: Work, declared: Declared[Any], arguments: dict[str, Any]) -> list[ProposalField]:
    """Return every argument there could be, in the operation's own order, as it is now."""
    properties: dict[str, dict[str, Any]] = declared.schema().get("properties", {})
    fields = []
    for name, schema in properties.items():
        value = arguments.get(name)
        shown, is_reference = _shown(work, value)
        longest = _longest(schema)
        kind = "reference" if is_reference else _kind(schema, longest)
        fields.append(ProposalField(name, _label(declared, name), value, shown, kind, longest))
    return fields


def _label(declared: Declared[Any], name: str) -> str:
    if declared.effect is Effect.SEND:
        name = {"client": "to", "body": "words"}.get(name, name)
    return {"starts_at": "Begins", "members": "People"}.get(name, name.replace("_", " ").capitalize())


def _shown(work: Work, value: Any) -> tuple[str, bool]:
    """Return a value as people read it, and whether it is a reference."""
    if value is None:
        return "", False
    if isinstance(value, bool):
        return ("Yes" if value else "No"), False
    if isinstance(value, list):
        return ", ".join(_shown(work, item)[0] for item in value), False
    if isinstance(value, str):
        try:
            kind, number = parse_ref(value)
        except Invalid:
            return value, False
        title = title_of(work, kind, number)
        return (f"{title} ({value})" if title else value), True
    return str(value), False


def _ways(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [schema, *schema.get("anyOf", [])]


def _longest(schema: dict[str, Any]) -> int | None:
    return next((way["maxLength"] for way in _ways(schema) if "maxLength" in way), None)


def _kind(schema: dict[str, Any], longest: int | None) -> str:
    types = {way.get("type") for way in _ways(schema)}
    if "boolean" in types:
        return "yes_no"
    if types & {"integer", "number"}:
        return "number"
    if "array" in types:
        return "list"
    return "long" if longest is not None and longest > _LONG else "text"
