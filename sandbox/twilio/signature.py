"""X-Twilio-Signature: HMAC-SHA1 over the URL and the sorted POST fields, with the account's token.

Written from https://www.twilio.com/docs/usage/webhooks/webhooks-security and checked against known vectors,
so that the product's verification (done with the vendor's SDK) meets a second hand.
"""

from __future__ import annotations

import base64
import hmac
from hashlib import sha1


def sign(token: str, url: str, fields: dict[str, str]) -> str:
    """The header's value. `url` is the full one, as the receiver sees it."""
    text = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), sha1).digest()).decode()
