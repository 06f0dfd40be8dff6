"""Files that come with an email: put into the business's vault, or left out with the reason in words.

What a file is, is read from its bytes. A program is never kept: nobody sends one to a plumber for good.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from opsystem.business.files.keeping import plain_name
from opsystem.vault import Vault

MOST_FILES = 20
# Mailgun takes no mail above 25 MB.
MOST_BYTES = 25 * 1024 * 1024
_LONGEST_WORDS = 2_000
_FIELD = re.compile(r"(attachment|inline)-[0-9]{1,3}")
# Programs of Windows, Linux, macOS and Java, scripts, Windows shortcuts, by their formats' specifications.
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"#!",
    b"L\x00\x00\x00\x01\x14\x02\x00",
)
_ENDINGS = re.compile(
    r"\.(exe|com|scr|pif|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|msp|jar|lnk|reg|cpl|dll|apk|dmg|sh|app|iso)\s*$",
    re.IGNORECASE,
)


def keep_attachments(request: HttpRequest, vault: Vault) -> Mapping[str, Any]:
    """Return the fields of the operation that takes the email in: files kept, and what was left out."""
    sent = [file for name in request.FILES if _FIELD.fullmatch(name) for file in request.FILES.getlist(name)]
    kept: list[dict[str, str]] = []
    left_out: list[str] = []
    for file in sent:
        name = plain_name(file.name or "file")
        reason = _why_not(file, name) or ("" if len(kept) < MOST_FILES else f"more than {MOST_FILES} files")
        if reason:
            left_out.append(f"{name} ({reason})")
            continue
        stored = vault.files.write(file.chunks(), limit=MOST_BYTES)
        kept.append({"content_id": stored.content_id, "name": name})
    return {"files": kept, "left_out": ", ".join(left_out)[:_LONGEST_WORDS]}


def _why_not(file: UploadedFile, name: str) -> str:  # type: ignore[type-arg]  # generic in the stubs only
    if not file.size:
        return "empty"
    if file.size > MOST_BYTES:
        return "larger than 25 MB"
    if _ENDINGS.search(name) or is_program(next(iter(file.chunks()), b"")):
        return "a program"
    return ""


def is_program(head: bytes) -> bool:
    """Say whether a file begins as a program does."""
    return head.startswith(_PROGRAMS)
