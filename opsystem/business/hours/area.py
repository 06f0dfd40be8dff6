"""Where the business goes: a list of postcodes, or everywhere when there is none."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from opsystem.business.record import Record

_EXTENDED = re.compile(r"^(\d{5})-\d{4}$")


def plain_postcode(text: str) -> str:
    """Return a postcode as it is compared: capitals, no blanks, a ZIP+4 without its last four."""
    bare = "".join(text.upper().split())
    match = _EXTENDED.match(bare)
    return match[1] if match else bare


def is_served(session: Session, postcode: str) -> bool:
    """Tell whether the business goes to a postcode; an unknown one (empty) is not refused."""
    table = Record.metadata.tables["service_postcode"]
    known = set(session.scalars(select(table.c.postcode)))
    return not known or not postcode.strip() or plain_postcode(postcode) in known
