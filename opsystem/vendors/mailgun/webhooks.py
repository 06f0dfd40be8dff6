"""The proof that a webhook is Mailgun's.

https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks: HMAC-SHA256 over time
stamp and token, **not** over the event. So a caller keeps tokens against replays, and confirms by `find_mail`
what matters. Mailgun repeats for 8 hours; whether with a fresh time stamp is not documented, hence the
default age.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import timedelta

from opsystem.kit import clock

_SECONDS = re.compile(r"[0-9]{1,12}")
LONGEST_AGE = timedelta(hours=9)
_AHEAD = timedelta(minutes=5)  # how far Mailgun's clock may run before ours


def verify_webhook(
    signing_key: str, timestamp: str, token: str, signature: str, max_age: timedelta = LONGEST_AGE
) -> bool:
    """Say whether Mailgun signed this time stamp and token, and not too long ago."""
    if not (signing_key and token and _SECONDS.fullmatch(timestamp)):
        return False
    expected = hmac.new(signing_key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), signature.encode()):
        return False
    age = clock.now().timestamp() - int(timestamp)
    return -_AHEAD.total_seconds() <= age <= max_age.total_seconds()
