"""Stripe's API for Connect, Checkout, payments, refunds and disputes as the sandbox speaks it.

`app` mounts it, `params` reads bracketed forms, `idempotency` keeps first answers, `things` remembers,
`checkout`, `intents`, `refunds`, `disputes` and `methods` answer, `events` tells the product, `hosted` is the
page on which a client pays. The facts are those of the vendor's SDK, fixtures and public documentation.
"""
