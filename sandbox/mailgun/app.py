"""Mailgun's operations at their paths, to be mounted where https://api.mailgun.net stands otherwise."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.call import RefusalError, operation
from sandbox.mailgun import bounces, events, messages, routes, webhooks
from sandbox.mailgun.caller import MailgunCaller
from sandbox.mailgun.delivery import JOB, happen
from sandbox.mailgun.manners import Mailgun
from sandbox.world import World

# The order matters: "domains" and "routes" stand where a domain's name could.
_OPERATIONS = (
    ("GET", "/v3/domains/{domain}/webhooks", "webhooks.list", webhooks.list_all),
    ("POST", "/v3/domains/{domain}/webhooks", "webhooks.create", webhooks.create),
    ("GET", "/v3/domains/{domain}/webhooks/{name}", "webhooks.fetch", webhooks.fetch),
    ("PUT", "/v3/domains/{domain}/webhooks/{name}", "webhooks.update", webhooks.update),
    ("DELETE", "/v3/domains/{domain}/webhooks/{name}", "webhooks.delete", webhooks.delete),
    ("POST", "/v4/domains/{domain}/webhooks", "webhooks.create_many", webhooks.create_many),
    ("DELETE", "/v4/domains/{domain}/webhooks", "webhooks.delete_many", webhooks.delete_many),
    ("GET", "/v3/routes", "routes.list", routes.list_all),
    ("POST", "/v3/routes", "routes.create", routes.create),
    ("GET", "/v3/routes/{id}", "routes.fetch", routes.fetch),
    ("PUT", "/v3/routes/{id}", "routes.update", routes.update),
    ("DELETE", "/v3/routes/{id}", "routes.delete", routes.delete),
    ("POST", "/v3/{domain}/messages", "messages.create", messages.create),
    ("GET", "/v3/{domain}/events", "events.list", events.list_all),
    ("GET", "/v3/{domain}/events/{page}", "events.list", events.list_page),
    ("GET", "/v3/{domain}/bounces", "bounces.list", bounces.list_all),
    ("POST", "/v3/{domain}/bounces", "bounces.create", bounces.create),
    ("DELETE", "/v3/{domain}/bounces", "bounces.clear", bounces.delete_all),
    ("GET", "/v3/{domain}/bounces/{address}", "bounces.fetch", bounces.fetch),
    ("DELETE", "/v3/{domain}/bounces/{address}", "bounces.delete", bounces.delete),
)


def build(world: World) -> Starlette:
    """The ASGI application; it also takes part in the world's errands."""
    manners = Mailgun()
    world.errands.on(JOB, lambda _, said: happen(world, said["mail"], said["address"], said["step"]))
    world.errands.calls_like("mailgun", MailgunCaller(world))

    async def unknown(_: Request, __: Exception) -> Response:
        return manners.refuse(RefusalError(404, "Not Found"))

    app = Starlette(
        routes=[
            Route(path, operation(manners, name, act), methods=[method])
            for method, path, name, act in _OPERATIONS
        ],
        exception_handlers={404: unknown, 405: unknown},
    )
    app.state.world = world
    return app
