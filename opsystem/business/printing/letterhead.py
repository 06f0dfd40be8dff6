"""The top of every paper: the business with its logo and colour, and whom the paper is for."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.clients.models import Client, Property
from opsystem.business.files.models import File, Preview
from opsystem.business.paper.records import Block, Letterhead, Picture
from opsystem.business.printing.showing import address_lines
from opsystem.business.profile.models import Profile
from opsystem.business.profile.queries import profile_row
from opsystem.kit.errors import NotFound
from opsystem.kit.phone import show_phone
from opsystem.operations import Work

_SMALL = 320


def letterhead(work: Work) -> Letterhead:
    """Return the business as its papers show it."""
    profile = profile_row(work.session)
    reach = " · ".join(
        one for one in (show_phone(profile.phone) if profile.phone else "", profile.website or "") if one
    )
    lines = tuple(line for line in (profile.address, reach, profile.licence) if line)
    return Letterhead(profile.name, lines, profile.colour, _logo(work, profile))


def billed(client: Client) -> Block:
    """Return whom a paper about money is for: the name and address for bills, else the client's own."""
    names = [client.bill_name] if client.bill_name else [client.name, client.company or ""]
    where = address_lines(client.bill_street, client.bill_city, client.bill_state, client.bill_postcode)
    return Block("For", (*(name for name in names if name), *where))


def placed(place: Property) -> Block:
    """Return where the work is."""
    lines = address_lines(place.street, place.city, place.state, place.postcode)
    return Block("Place", (*((place.label,) if place.label else ()), *lines))


def picture_of(work: Work, file_id: int, words: str, *, large: bool = False) -> Picture | None:
    """Return the preview of a file as a picture; None while there is none."""
    file, preview = work.session.get(File, file_id), _preview(work, file_id)
    content_id = None if preview is None else (preview.large_id if large else preview.small_id)
    if file is None or file.removed_at is not None or preview is None or content_id is None:
        return None
    try:
        jpeg = b"".join(work.vault.files.pieces(content_id))
    except NotFound:
        return None
    width, height = preview.width or _SMALL, preview.height or _SMALL
    return Picture(jpeg, words, width, height)


def _preview(work: Work, file_id: int) -> Preview | None:
    return work.session.scalar(select(Preview).where(Preview.file_id == file_id))


def _logo(work: Work, profile: Profile) -> Picture | None:
    if profile.logo_file_id is None:
        return None
    return picture_of(work, profile.logo_file_id, f"Logo of {profile.name}")
