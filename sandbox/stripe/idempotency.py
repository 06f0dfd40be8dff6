"""Idempotency keys: the first answer again, whatever was asked twice.

https://docs.stripe.com/api/idempotent_requests: an answer is kept once the operation has begun, errors of a
card and of Stripe itself included; a request that was refused as it stood is not. Other parameters under the
same key are an error.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from starlette.responses import Response

from sandbox.call import Call
from sandbox.stripe.manners import StripeRefusalError, invalid

_LONGEST = 255


def idempotent(act: Callable[[Call], Response]) -> Callable[[Call], Response]:
    """Let an operation that changes something be asked again under one key."""

    def guarded(call: Call) -> Response:
        key = call.headers.get("idempotency-key", "")
        if not key:
            return act(call)
        if len(key) > _LONGEST:
            raise invalid("Idempotency key is too long")
        account = call.headers.get("stripe-account", "")
        asked = hashlib.sha256(f"{call.route} {sorted(call.form.pairs)}".encode()).hexdigest()
        known = call.world.store.one("SELECT * FROM stripe_keys WHERE key = ? AND account = ?", key, account)
        if known is not None:
            if known["asked"] != asked:
                words = (
                    "Keys for idempotent requests can only be used with the same parameters they were first "
                    "used with."
                )
                raise StripeRefusalError(400, words, type="idempotency_error")
            return Response(
                known["body"], known["status"], {"Idempotent-Replayed": "true"}, "application/json"
            )
        answer = act(call)
        call.world.store.add(
            "stripe_keys", key=key, account=account, asked=asked, status=answer.status_code,
            body=bytes(answer.body), created=call.world.now(),
        )  # fmt: skip
        return answer

    return guarded
