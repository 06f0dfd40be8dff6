"""The account's phone numbers, and those that can be bought.

Every area code of `phones.PLACES` offers the hundred numbers 555-0100 to 555-0199, which belong to nobody.
"""

from __future__ import annotations

import json
import re

from starlette.responses import JSONResponse, Response

from sandbox.call import Call
from sandbox.store import Row
from sandbox.twilio.manners import invalid, not_found
from sandbox.twilio.messages import is_url
from sandbox.twilio.pages import Paging
from sandbox.twilio.phones import PLACES, is_phone
from sandbox.twilio.records import VERSION, available_record, new_sid, number_record, page_of
from sandbox.world import World

_URLS = ("SmsUrl", "SmsFallbackUrl", "StatusCallback", "VoiceUrl", "VoiceFallbackUrl")
_METHODS = ("SmsMethod", "SmsFallbackMethod", "StatusCallbackMethod", "VoiceMethod", "VoiceFallbackMethod")
_KEPT = (*_URLS, *_METHODS, "FriendlyName")
_ALWAYS_FREE, _NO_NUMBER = "+15005550006", "+15005550001"  # the vendor's magic


def list_available(call: Call) -> Response:
    """Numbers for sale, by AreaCode, Contains, InRegion, InLocality."""
    if call.path["country"] != "US":
        raise not_found(
            f"/{VERSION}/Accounts/{call.path['account']}/AvailablePhoneNumbers/{call.path['country']}/Local.json"
        )
    size = Paging.of(call.query).size
    found = [available_record(phone) for phone in _for_sale(call.world, call.query.get("AreaCode"))]
    wanted = {"region": call.query.get("InRegion"), "locality": call.query.get("InLocality")}
    found = [
        record
        for record in found
        if all(not text or str(record[name]).lower() == text.lower() for name, text in wanted.items())
        and re.search(_pattern(call.query.get("Contains")), record["phone_number"])
    ]
    uri = f"/{VERSION}/Accounts/{call.path['account']}/AvailablePhoneNumbers/US/Local.json"
    return JSONResponse({"available_phone_numbers": found[:size], "uri": uri})


def _pattern(contains: str) -> str:
    """`Contains` has digits, and * for any one."""
    return "".join("." if letter == "*" else re.escape(letter) for letter in contains)


def _for_sale(world: World, area: str = "") -> list[str]:
    taken = {row["phone"] for row in world.store.all("SELECT phone FROM numbers WHERE released IS NULL")}
    areas = [area] if area else list(PLACES)
    # Every area in turn, so that a short list shows many places.
    phones = [f"+1{code}5550{line}" for line in range(100, 200) for code in areas if code in PLACES]
    return [phone for phone in phones if phone not in taken]


def create(call: Call) -> Response:
    """Buy a number by PhoneNumber, or any of an AreaCode."""
    world, form = call.world, call.form
    options = _options(call)
    phone = form.get("PhoneNumber")
    if not phone:
        phone = _any_of(world, form.get("AreaCode"))
    elif not is_phone(phone) or phone == _NO_NUMBER:
        raise invalid(21421, f"PhoneNumber is invalid: {phone}")
    elif phone not in (_for_sale(world) if phone != _ALWAYS_FREE else _unless_taken(world, phone)):
        raise invalid(21422, f"PhoneNumber is not available: {phone}")
    now, sid = world.now(), new_sid("PN")
    world.store.add("numbers", sid=sid, phone=phone, options=json.dumps(options), created=now, updated=now)
    return JSONResponse(number_record(call.path["account"], _number(call, sid)), 201)


def _unless_taken(world: World, phone: str) -> list[str]:
    return (
        []
        if world.store.one("SELECT 1 FROM numbers WHERE phone = ? AND released IS NULL", phone)
        else [phone]
    )


def own_first_numbers(world: World) -> None:
    """Let the account have the numbers that the sandbox was started with."""
    for phone, sms_url in world.settings.numbers:
        if not _unless_taken(world, phone):
            continue
        options, now = ({"SmsUrl": sms_url} if sms_url else {}), world.now()
        world.store.add(
            "numbers", sid=new_sid("PN"), phone=phone, options=json.dumps(options), created=now, updated=now
        )


def _any_of(world: World, area: str) -> str:
    if not area:
        raise invalid(21404, "PhoneNumber or AreaCode is required")
    if not re.fullmatch(r"[2-9]\d\d", area):
        raise invalid(21451, f"AreaCode is invalid: {area}")
    free = _for_sale(world, area)
    if not free:
        raise invalid(21452, f"No phone numbers found in area code {area}")
    return free[0]


def _options(call: Call) -> dict[str, str]:
    options = {name: call.form.get(name) for name in _KEPT if name in call.form}
    for name in _URLS:
        if options.get(name) and not is_url(options[name]):
            raise invalid(
                21502 if name.startswith("Voice") else 21402, f"{name} is not valid: {options[name]}"
            )
    for name in _METHODS:
        if options.get(name, "POST") not in ("GET", "POST"):
            raise invalid(21403, f"{name} is not valid: {options[name]}")
    return options


def _number(call: Call, sid: str) -> Row:
    number = call.world.store.one("SELECT * FROM numbers WHERE sid = ? AND released IS NULL", sid)
    if number is None:
        raise not_found(f"/{VERSION}/Accounts/{call.path['account']}/IncomingPhoneNumbers/{sid}.json")
    return number


def fetch(call: Call) -> Response:
    """One number by its SID."""
    return JSONResponse(number_record(call.path["account"], _number(call, call.path["sid"])))


def update(call: Call) -> Response:
    """Change a number's URLs and name; fields that are not sent stay."""
    number = _number(call, call.path["sid"])
    options = json.loads(number["options"]) | _options(call)
    call.world.store.run(
        "UPDATE numbers SET options = ?, updated = ? WHERE id = ?",
        json.dumps(options),
        call.world.now(),
        number["id"],
    )
    return fetch(call)


def release(call: Call) -> Response:
    """Give a number back."""
    number = _number(call, call.path["sid"])
    call.world.store.run("UPDATE numbers SET released = ? WHERE id = ?", call.world.now(), number["id"])
    return Response(status_code=204)


def list_all(call: Call) -> Response:
    """The numbers in use, the newest first, by PhoneNumber (a part is enough) or FriendlyName."""
    paging = Paging.of(call.query)
    rows = call.world.store.all(
        "SELECT * FROM numbers WHERE released IS NULL AND id < ? AND instr(phone, ?) > 0"
        " ORDER BY id DESC LIMIT ?",
        paging.before, call.query.get("PhoneNumber"), paging.size + 1,
    )  # fmt: skip
    shown, token = paging.cut(rows)
    account = call.path["account"]
    filters = [
        (name, call.query.get(name)) for name in ("PhoneNumber", "FriendlyName") if call.query.get(name)
    ]
    items = [number_record(account, row) for row in shown]
    name = call.query.get("FriendlyName")
    items = [item for item in items if not name or item["friendly_name"] == name]
    path = f"/{VERSION}/Accounts/{account}/IncomingPhoneNumbers.json"
    return JSONResponse(
        page_of("incoming_phone_numbers", path, filters, paging.page, paging.size, items, token)
    )
