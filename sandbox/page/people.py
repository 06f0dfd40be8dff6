"""Phones: each person who got or wrote a text, and the conversation on that phone."""

from __future__ import annotations

from typing import Any

from sandbox.state import records
from sandbox.store import Store

_SENT = {
    "queued": "on its way",
    "sent": "sent",
    "delivered": "delivered",
    "undelivered": "not delivered",
    "failed": "failed",
}


def phones(store: Store) -> list[dict[str, Any]]:
    """Everybody with a conversation, the latest first, with the last words."""
    rows = store.all(
        "SELECT person, max(id) AS last, count(*) AS count FROM (SELECT id, CASE direction WHEN 'inbound'"
        " THEN sender ELSE recipient END AS person FROM texts) GROUP BY person ORDER BY last DESC"
    )
    found = []
    for row in rows:
        last = store.get("SELECT body, direction, created FROM texts WHERE id = ?", row["last"])
        stopped = store.one("SELECT 1 FROM opt_outs WHERE person = ?", row["person"]) is not None
        found.append(
            {"phone": row["person"], "words": last["body"], "mine": last["direction"] == "inbound",
             "at": last["created"], "count": row["count"], "stopped": stopped}
        )  # fmt: skip
    return found


def conversation(store: Store, person: str) -> dict[str, Any]:
    """The bubbles on one phone, the numbers it can answer, and which of them it has stopped."""
    bubbles = [_bubble(text) for text in records.texts(store, person=person)]
    met = list(dict.fromkeys(bubble["ours"] for bubble in reversed(bubbles)))
    stopped = {row["ours"] for row in store.all("SELECT ours FROM opt_outs WHERE person = ?", person)}
    return {"phone": person, "bubbles": bubbles, "numbers": met or numbers(store), "stopped": stopped}


def numbers(store: Store) -> list[str]:
    """The account's numbers, the newest first."""
    return [
        row["phone"] for row in store.all("SELECT phone FROM numbers WHERE released IS NULL ORDER BY id DESC")
    ]


def _bubble(text: dict[str, Any]) -> dict[str, Any]:
    mine = text["direction"] == "inbound"
    state = _taken(text["callbacks"]) if mine else _SENT.get(text["status"], text["status"])
    if text["error_code"]:
        state += f", error {text['error_code']}"
    if text["direction"] == "outbound-reply":
        state = "Twilio's own answer"
    wrong = text["status"] in ("failed", "undelivered") or (mine and state.startswith("not taken"))
    return {
        "mine": mine, "body": text["body"], "at": text["created"], "ours": text["ours"], "state": state,
        "wrong": wrong, "media": len(text["media"]),
    }  # fmt: skip


def _taken(calls: list[dict[str, Any]]) -> str:
    """What became of the webhook on a person's text."""
    if not calls:
        return "nobody was told: the number has no SmsUrl"
    last = calls[-1]
    if last["waiting"]:
        return "telling the app"
    if last["status"] is not None and last["status"] < 400:
        return f"taken by the app, {last['status']}"
    return f"not taken by the app: {last['status'] or last['trouble']}"
