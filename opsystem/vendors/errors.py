"""What can go wrong with a vendor, in the three questions a caller has.

Is it certain that nothing was done (`certainty`)? May the same call help later
(`retryable`, `retry_after`)? What was it (`trouble`, `vendor_code`)?
The vendor's own message is never kept: it quotes phone numbers and addresses.
"""

from __future__ import annotations

from enum import StrEnum

from opsystem.kit.errors import Unavailable


class Certainty(StrEnum):
    """What is known about a call that failed; it decides whether it may be repeated."""

    NOT_SENT = "not_sent"  # the vendor never had it, or says that it did not take it (429)
    REFUSED = "refused"  # the vendor had it and clearly said no
    UNKNOWN = "unknown"  # it may have been done: ask the vendor before trying again


class Trouble(StrEnum):
    """The kinds of trouble that callers treat differently."""

    UNREACHABLE = "unreachable"  # no connection came about
    INSECURE = "insecure"  # no TLS 1.3, or a certificate that is not trusted
    TIMEOUT = "timeout"  # connected, but no answer in time
    CUT = "cut"  # the connection or the stream ended too early
    BUSY = "busy"  # too many calls; `retry_after` may say when
    OVERLOADED = "overloaded"  # the vendor has too much to do for everybody
    BROKEN = "broken"  # the vendor's own fault (5xx)
    GARBLED = "garbled"  # an answer that cannot be read
    REDIRECTED = "redirected"  # sent elsewhere; never followed
    BAD_KEY = "bad_key"  # key wrong, revoked or without the right
    PAYMENT = "payment"  # no credit, or a spending limit reached
    DECLINED = "declined"  # the payer's bank said no
    OPTED_OUT = "opted_out"  # the recipient has said stop
    NOT_FOUND = "not_found"
    REJECTED = "rejected"  # any other clear no


_WORDS = {
    Trouble.UNREACHABLE: "{vendor} cannot be reached now.",
    Trouble.INSECURE: "{vendor} offered no connection that is safe enough, so nothing was sent.",
    Trouble.TIMEOUT: "{vendor} did not answer in time.",
    Trouble.CUT: "{vendor} broke the connection off.",
    Trouble.BUSY: "{vendor} is busy; try again in a moment.",
    Trouble.OVERLOADED: "{vendor} is overloaded; try again in a moment.",
    Trouble.BROKEN: "{vendor} has a fault of its own.",
    Trouble.GARBLED: "{vendor} gave an answer that cannot be read.",
    Trouble.REDIRECTED: "{vendor} answered from another address, which is not followed.",
    Trouble.BAD_KEY: "{vendor} does not accept the key; check it in the settings.",
    Trouble.PAYMENT: "{vendor} wants its account paid or its spending limit raised.",
    Trouble.DECLINED: "The bank declined this payment.",
    Trouble.OPTED_OUT: "This person has asked not to get texts from this number.",
    Trouble.NOT_FOUND: "{vendor} does not know what was asked for.",
    Trouble.REJECTED: "{vendor} did not take this.",
}


class GatewayError(Unavailable):
    """A call to a vendor that did not end well.

    `retry_after` is in seconds; None where the vendor named none. `vendor_code` is the vendor's
    own stable code (for example "21610"), `status` the HTTP status where there was one.
    """

    def __init__(
        self,
        vendor: str,
        trouble: Trouble,
        *,
        certainty: Certainty,
        retryable: bool,
        vendor_code: str = "",
        retry_after: float | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(_WORDS[trouble].format(vendor=vendor.capitalize()), code=f"{vendor}_{trouble}")
        self.vendor = vendor
        self.trouble = trouble
        self.certainty = certainty
        self.retryable = retryable
        self.vendor_code = vendor_code
        self.retry_after = retry_after
        self.status = status
