"""`expand[]`: ids of a thing replaced by the things themselves, at most four levels deep."""

from __future__ import annotations

import json

from sandbox.stripe.manners import invalid
from sandbox.stripe.params import Params
from sandbox.stripe.things import Thing
from sandbox.world import World

_DEEPEST = 4


def expanded(world: World, thing: Thing, params: Params) -> Thing:
    """Put in place what a request asks to be expanded."""
    copy: Thing = json.loads(json.dumps(thing))
    for path in params.texts("expand"):
        parts = path.split(".")
        if len(parts) > _DEEPEST:
            raise invalid("You cannot expand more than 4 levels of a property", "expand")
        place = copy
        for part in parts:
            if part not in place:
                words = f"This property cannot be expanded ({path})."
                raise invalid(words, "expand")
            value = place[part]
            if isinstance(value, str):
                row = world.store.one("SELECT body FROM stripe_objects WHERE id = ?", value)
                if row is None:
                    raise invalid(f"This property cannot be expanded ({path}).", "expand")
                value = place[part] = json.loads(row["body"])
            if value is None:
                break
            place = value
    return copy
