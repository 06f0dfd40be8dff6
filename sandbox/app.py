"""The root: the vendors at /twilio, /mailgun, /stripe and /anthropic, the state as JSON, and a page at /."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount

from sandbox.anthropic import app as anthropic
from sandbox.errands import Errands
from sandbox.faults import Faults
from sandbox.local import LocalOnly
from sandbox.log import RequestLog, new_recorder
from sandbox.mailgun import app as mailgun
from sandbox.page.actions import Page
from sandbox.settings import Settings
from sandbox.state.paths import Paths
from sandbox.state.payments import PaymentPaths
from sandbox.store import Store
from sandbox.stripe import app as stripe
from sandbox.twilio import app as twilio
from sandbox.twilio.numbers import own_first_numbers
from sandbox.world import World


def build(settings: Settings) -> Starlette:
    """A sandbox over the state in `settings.state_dir`. One process, one event loop."""
    store = Store(settings.state_dir)
    world = World(settings, store, Faults(), Errands(store, settings.ca_file))
    own_first_numbers(world)
    exchanges = new_recorder() if settings.record else None

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        errands = asyncio.create_task(world.errands.run())
        errands.add_done_callback(_stop_if_failed)
        yield
        errands.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await errands
        store.close()

    return Starlette(
        routes=[
            *Paths(world, exchanges).routes(),
            *PaymentPaths(world).routes(),
            *Page(world).routes(),
            Mount("/twilio", twilio.build(world)),
            Mount("/mailgun", mailgun.build(world)),
            Mount("/stripe", stripe.build(world)),
            Mount("/anthropic", anthropic.build(world.faults)),
        ],
        middleware=[
            Middleware(LocalOnly),
            Middleware(RequestLog, store=store, exchanges=exchanges),
        ],
        lifespan=lifespan,
    )


def _stop_if_failed(errands: asyncio.Task[None]) -> None:
    """A sandbox whose vendors do nothing by themselves any more must not go on serving as if they did."""
    if not errands.cancelled() and (error := errands.exception()) is not None:
        logging.getLogger("sandbox").critical("the errands have failed", exc_info=error)
        os.kill(os.getpid(), signal.SIGTERM)
