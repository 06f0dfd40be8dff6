"""The API's few views: what there is, calling it, and bytes in and out."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse

from opsystem.api.description import described_to
from opsystem.api.door import Caller, api
from opsystem.business.files.operations import add_file
from opsystem.business.files.queries import show_file
from opsystem.control.installation import installation
from opsystem.control.usage import meters
from opsystem.kit.errors import Invalid
from opsystem.kit.refs import make_ref
from opsystem.lifecycle.streaming import stream_content
from opsystem.operations import CATALOGUE, Operation, Query
from opsystem.operations.inputs import check_json
from opsystem.operations.pipeline import check_permission

MOST_BYTES = 500 * 1024 * 1024


@api("GET")
def catalogue(caller: Caller) -> HttpResponse:
    """List what this caller may use, with the schema of each input."""
    entries = [
        {
            "name": entry.name,
            "kind": "operation" if isinstance(entry, Operation) else "query",
            "label": entry.label,
            "description": entry.description,
            "permission": entry.permission,
            "input": entry.schema(),
        }
        for entry in CATALOGUE.offered_to(caller.actor)
    ]
    return JsonResponse({"operations": entries})


@api("GET")
def description(caller: Caller) -> HttpResponse:
    """Describe in OpenAPI 3.1 what this caller may use."""
    return JsonResponse(described_to(caller.actor, installation().base_url))


@api("POST")
def call(caller: Caller, name: str) -> HttpResponse:
    """Call an operation or query by name. `Idempotency-Key` makes calling twice perform once."""
    entry = CATALOGUE.get(name)
    given = caller.body()
    # After the permission: whoever may not call it learns nothing of what it takes.
    check_permission(entry, caller.actor)
    check_json(entry.input, given)
    if isinstance(entry, Query):
        return JsonResponse({"value": entry.as_json(entry.ask(caller.vault, caller.actor, given))})
    if not isinstance(entry, Operation):
        raise TypeError("the catalogue holds operations and queries only")
    if entry is add_file:
        # Whoever may name stored bytes may read them, so a file is added with its bytes in hand only.
        raise Invalid("Send the bytes themselves, to the address that ends in /files.", code="send_bytes")
    key = caller.key()
    done = entry.perform(caller.vault, caller.actor, given, request_id=key)
    meters.count(entry.name, business_id=caller.business.pk)
    change = make_ref("change", done.change_set_id) if done.change_set_id is not None else None
    told = {"told": done.told} if done.told else {}
    return JsonResponse({"value": entry.as_json(done.value), "change": change, **told})


@api("POST")
def upload(caller: Caller) -> HttpResponse:
    """Take one file (form field `file`) and add it to what the other fields name."""
    # Before a byte is taken in: who may not add files must not fill the store either.
    check_permission(add_file, caller.actor)
    sent = caller.request.FILES.get("file")
    if sent is None:
        raise Invalid(
            "Send the bytes as form field “file”.", code="no_file", fields={"file": "This is needed."}
        )
    stored = caller.vault.files.write(sent.chunks(), limit=MOST_BYTES)
    given = {name: caller.request.POST[name] for name in caller.request.POST}
    key = caller.key()
    done = add_file.perform(
        caller.vault,
        caller.actor,
        {"name": sent.name or "file", **given, "content_id": stored.content_id},
        request_id=key,
    )
    return JsonResponse({"value": add_file.as_json(done.value)}, status=201)


@api("GET")
def download(caller: Caller, file: int) -> HttpResponseBase:
    """Give the bytes of a file."""
    record = show_file.ask(caller.vault, caller.actor, {"file": make_ref("file", file)})
    response = StreamingHttpResponse(
        stream_content(caller.vault.id, record.content_id), content_type="application/octet-stream"
    )
    response["Content-Length"] = str(record.size)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(record.name)}"
    return response
