"""Webhooks of a domain: which URLs hear of which events. At most three URLs an event."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.call import Call, RefusalError
from sandbox.mailgun.manners import WebhookRefusalError
from sandbox.world import World

NAMES = (
    "accepted", "delivered", "opened", "clicked",
    "unsubscribed", "complained", "temporary_fail", "permanent_fail",
)  # fmt: skip
_MOST_URLS = 3
# What the URL of the sandbox's own options hears of, where a domain has no webhooks of its own.
_DEFAULT = ("delivered", "temporary_fail", "permanent_fail", "complained", "unsubscribed")


def urls_for(world: World, domain: str, name: str) -> list[str]:
    """Who hears of an event."""
    if world.store.one("SELECT 1 FROM mail_webhooks WHERE domain = ?", domain):
        return _urls(world, domain, name)
    default = world.settings.mail_events_url
    return [default] if default and name in _DEFAULT else []


def _urls(world: World, domain: str, name: str) -> list[str]:
    rows = world.store.all(
        "SELECT url FROM mail_webhooks WHERE domain = ? AND name = ? ORDER BY rowid", domain, name
    )
    return [row["url"] for row in rows]


def list_all(call: Call) -> Response:
    """Every event with its URLs, or null."""
    hooks = {name: _urls(call.world, call.path["domain"], name) for name in NAMES}
    return JSONResponse(
        {"webhooks": {name: {"urls": urls} if urls else None for name, urls in hooks.items()}}
    )


def create(call: Call) -> Response:
    """v3: URLs for one event that has none yet."""
    name = call.form.get("id")
    if _urls(call.world, call.path["domain"], name):
        raise WebhookRefusalError(400, f"Webhook already exists: {name}")
    return _written(call, name, "Webhook has been created")


def fetch(call: Call) -> Response:
    """v3: one event's URLs."""
    return JSONResponse({"webhook": {"urls": _known(call)}})


def update(call: Call) -> Response:
    """v3: other URLs for one event."""
    _known(call)
    return _written(call, call.path["name"], "Webhook has been updated")


def delete(call: Call) -> Response:
    """v3: no URLs for one event any more."""
    urls = _known(call)
    _remove(call, call.path["name"])
    return JSONResponse({"message": "Webhook has been deleted", "webhook": {"urls": urls}})


def create_many(call: Call) -> Response:
    """v4: one URL for several events."""
    names = [
        name.strip() for value in call.form.every("event_types") for name in value.split(",") if name.strip()
    ]
    if not names:
        raise WebhookRefusalError(400, "event_types parameter is missing")
    for name in names:
        present = _urls(call.world, call.path["domain"], name)
        _write(call, name, list(dict.fromkeys([*present, *call.form.every("url")])))
    return list_all(call)


def delete_many(call: Call) -> Response:
    """v4: one URL, for all events."""
    call.world.store.run(
        "DELETE FROM mail_webhooks WHERE domain = ? AND url = ?", call.path["domain"], call.query.get("url")
    )
    return list_all(call)


def _known(call: Call) -> list[str]:
    urls = _urls(call.world, call.path["domain"], call.path["name"])
    if not urls:
        raise RefusalError(404, "Webhook not found")
    return urls


def _written(call: Call, name: str, message: str) -> Response:
    _write(call, name, call.form.every("url"))
    return JSONResponse(
        {"message": message, "webhook": {"urls": _urls(call.world, call.path["domain"], name)}}
    )


def _write(call: Call, name: str, urls: list[str]) -> None:
    if name not in NAMES:
        raise WebhookRefusalError(400, f"Invalid webhook type: {name}")
    if not urls or not all(url.startswith(("http://", "https://")) for url in urls):
        raise WebhookRefusalError(400, "Invalid URL")
    if len(urls) > _MOST_URLS:
        raise WebhookRefusalError(400, f"At most {_MOST_URLS} URLs are allowed for an event")
    _remove(call, name)
    for url in urls:
        call.world.store.run("INSERT INTO mail_webhooks VALUES (?, ?, ?)", call.path["domain"], name, url)


def _remove(call: Call, name: str) -> None:
    call.world.store.run("DELETE FROM mail_webhooks WHERE domain = ? AND name = ?", call.path["domain"], name)
