"""The tables of an export about the talk with Claude: what was asked, and what was decided."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.asking.models import Conversation, Proposal, Turn
from opsystem.business.team.models import Member
from opsystem.lifecycle.exporting.sheets import Sheet

CLAUDE_SHEETS = (
    Sheet(
        "Talks with Claude.csv",
        "What was asked, by whom, and how it ended",
        "When, Asked by, Talk, Question, State, Problem, Ended",
        select(Turn, Conversation, Member)
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .join(Member, Member.id == Turn.member_id),
        Turn.id,
        lambda row, words: (
            words.at(row.Turn.created_at), row.Member.name, row.Conversation.title, row.Turn.question,
            row.Turn.state, row.Turn.problem, words.at(row.Turn.ended_at),
        ),
    ),
    Sheet(
        "Approvals.csv",
        "What Claude wanted to do, and what was decided",
        "Number, When, Asked by, What, Why, State, Decided, Decided by, Reason",
        select(Proposal, Member).join(Member, Member.id == Proposal.member_id),
        Proposal.id,
        lambda row, words: (
            row.Proposal.ref, words.at(row.Proposal.created_at), row.Member.name,
            row.Proposal.operation.replace("_", " "), row.Proposal.reason, row.Proposal.state,
            words.at(row.Proposal.decided_at), row.Proposal.decided_by, row.Proposal.rejection,
        ),
    ),
)  # fmt: skip
