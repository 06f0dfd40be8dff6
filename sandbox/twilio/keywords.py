"""The words that Twilio itself listens to on a long code.

See https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out. A whole message in any case. Twilio
answers the person itself and blocks or unblocks the pair; the product must not answer too, but hears of it
by the webhook with OptOutType.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

_STOP = {"STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"}
_START = {"START", "UNSTOP"}
_START_IF_STOPPED = {"YES"}  # an everyday answer otherwise
_HELP = {"HELP", "INFO"}


@dataclass(frozen=True)
class Keyword:
    """What a keyword does: the OptOutType, and Twilio's own answer to the person, if it gives one."""

    kind: Literal["STOP", "START", "HELP"]
    answer: str | None


def keyword(body: str, *, stopped: bool) -> Keyword | None:
    """What a person's message means; `stopped` says whether the pair is blocked already."""
    word = body.strip().upper()
    if word in _STOP:
        said = (
            "You have successfully been unsubscribed. You will not receive any more messages"
            " from this number. Reply START to resubscribe."
        )
        return Keyword("STOP", None if stopped else said)
    if word in _START or (stopped and word in _START_IF_STOPPED):
        said = (
            "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
            "Reply STOP to unsubscribe. Msg&Data Rates May Apply."
        )
        return Keyword("START", said if stopped else None)
    if word in _HELP:
        return Keyword("HELP", "Reply STOP to unsubscribe. Msg&Data Rates May Apply.")
    return None
