"""What is asked about a new business (promise P1.1), and how it is checked."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from opsystem.business.profile.operations import Zone
from opsystem.business.wording import Line, Name
from opsystem.kit.phone import PhoneNumber
from opsystem.web.settings.choices import DEFAULT_ZONE, industries

_SITE = re.compile(r"(https?://)?[^\s/.]+(\.[^\s/.]+)+(/\S*)?", re.IGNORECASE)


def _site(text: str) -> str:
    if text and not _SITE.fullmatch(text):
        raise ValueError("Give an address like hurleyplumbing.com, or leave it empty.")
    return text


def _industry(name: str) -> str:
    if name not in dict(industries()):
        raise ValueError("Choose your trade, or “Another trade”.")
    return name


Website = Annotated[Line, AfterValidator(_site)]
Industry = Annotated[str, Field(max_length=60), AfterValidator(_industry)]


class Answers(BaseModel):
    """The answers of the first step."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)

    name: Name
    phone: PhoneNumber
    website: Website = ""
    industry: Industry
    zone: Zone = DEFAULT_ZONE
