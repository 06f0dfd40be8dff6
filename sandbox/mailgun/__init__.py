"""Mailgun's API as the sandbox speaks it.

`app` mounts it; `messages` accepts mail, `delivery` moves it on, `events` tells of it; `webhooks`, `routes`
and `bounces` are the operations of these names; `inbound` brings a person's mail in; `caller` signs what
goes to the product.
"""
