"""Twilio's operations at their paths, to be mounted where https://api.twilio.com stands otherwise."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.call import operation
from sandbox.twilio import messages, numbers
from sandbox.twilio.caller import TwilioCaller
from sandbox.twilio.delivery import JOB, move_on
from sandbox.twilio.manners import Twilio, not_found
from sandbox.twilio.records import VERSION
from sandbox.world import World

_ACCOUNT = f"/{VERSION}/Accounts/{{account}}"
_OPERATIONS = (
    ("POST", "/Messages.json", "messages.create", messages.create),
    ("GET", "/Messages.json", "messages.list", messages.list_all),
    ("GET", "/Messages/{sid}.json", "messages.fetch", messages.fetch),
    ("GET", "/AvailablePhoneNumbers/{country}/Local.json", "numbers.available", numbers.list_available),
    ("POST", "/IncomingPhoneNumbers.json", "numbers.create", numbers.create),
    ("GET", "/IncomingPhoneNumbers.json", "numbers.list", numbers.list_all),
    ("GET", "/IncomingPhoneNumbers/{sid}.json", "numbers.fetch", numbers.fetch),
    ("POST", "/IncomingPhoneNumbers/{sid}.json", "numbers.update", numbers.update),
    ("DELETE", "/IncomingPhoneNumbers/{sid}.json", "numbers.delete", numbers.release),
)


def build(world: World) -> Starlette:
    """The ASGI application; it also takes part in the world's errands."""
    manners = Twilio()
    world.errands.on(JOB, lambda job, said: move_on(world, job["subject"], said["status"], said["code"]))
    world.errands.calls_like("twilio", TwilioCaller(world))

    async def unknown(request: Request, _: Exception) -> Response:
        return manners.refuse(
            not_found(request.scope["path"].removeprefix(request.scope.get("root_path", "")))
        )

    app = Starlette(
        routes=[
            Route(_ACCOUNT + path, operation(manners, name, act), methods=[method])
            for method, path, name, act in _OPERATIONS
        ],
        exception_handlers={404: unknown, 405: unknown},
    )
    app.state.world = world
    return app
