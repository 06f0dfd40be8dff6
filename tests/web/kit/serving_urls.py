"""Addresses of the kit's own test site: components, error pages, a running turn, a place for files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

from opsystem.kit import clock
from opsystem.web.components_page import HERE, sample_approval, sample_shell, show_components
from opsystem.web.templating import page

HOSTILE = "<img src=x onerror=alert(1)> & <b>bold</b>"
TURN: list[tuple[str, dict[str, Any]]] = [
    ("turn.start", {}),
    ("tool.start", {"key": "t1", "label": "Looking for Mrs Alvarez", "icon": "search"}),
    ("tool.done", {"key": "t1", "summary": "1 client"}),
    ("text.delta", {"text": "Here is the text: "}),
    ("text.delta", {"text": HOSTILE}),
    ("approval", {"url": "/turn/approval"}),
    ("turn.end", {}),
]
BREAKS_AFTER = 4
RECEIVED: list[str] = []
CUT: list[int] = []


def error_page(request: HttpRequest, name: str) -> HttpResponse:
    return page(request, f"errors/{name}.html")


def _shell(request: HttpRequest) -> dict[str, Any]:
    shell = sample_shell(request.GET.get("theme", "system"))
    return {**shell, "search_url": "/search", "ask_url": "/asked", "theme_url": "/theme"}


def turn(request: HttpRequest) -> HttpResponse:
    """A conversation with a running turn; `?over` shows it as the server renders it at the end."""
    values = {"shell": _shell(request), "over": "over" in request.GET}
    return page(request, "turn.html", values)


def turn_events(request: HttpRequest) -> StreamingHttpResponse:
    """The turn's events; the first answer breaks off, the next goes on behind the last id."""
    last = int(request.headers.get("Last-Event-ID") or request.GET.get("after") or 0)

    def events() -> Iterator[str]:
        yield "retry: 50\n\n"
        for number, (kind, data) in enumerate(TURN[last:], last + 1):
            yield f"id: {number}\nevent: {kind}\ndata: {json.dumps(data)}\n\n"
            if number == BREAKS_AFTER:
                return

    return StreamingHttpResponse(events(), content_type="text/event-stream")


def turn_approval(request: HttpRequest) -> HttpResponse:
    return page(request, "approval.html", {"card": sample_approval("pending", 3, clock.now())})


def files(request: HttpRequest) -> HttpResponse:
    """The files that came; without scripts they come here, as a form sends them."""
    RECEIVED.extend(file.name or "" for file in request.FILES.getlist("file"))
    return page(request, "files.html", {"shell": _shell(request), "names": RECEIVED})


def begin_file(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - called with it
    return JsonResponse({"upload": 1, "next": 0, "part": 3})


def file_part(request: HttpRequest, at: int) -> HttpResponse:
    """Takes a part; the line is cut once in the middle of the first file."""
    if at == 3 and not CUT:
        CUT.append(at)
        return HttpResponse(status=502)
    return JsonResponse({"next": at + len(request.body)})


def finish_file(request: HttpRequest) -> HttpResponse:
    """Takes a file; one called broken.txt only at the second try."""
    name = request.POST["name"]
    first = name not in RECEIVED
    RECEIVED.append(name)
    if name == "broken.txt" and first:
        return JsonResponse({"problem": "This file is damaged."}, status=422)
    return HttpResponse(status=204)


def search(request: HttpRequest) -> HttpResponse:
    return page(request, "palette.html", {"text": request.GET["q"], "here": HERE})


def asked(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"asked: {request.POST['question']}", content_type="text/plain")


def theme(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204 if request.POST["theme"] != "light" else 500)


urlpatterns = [
    path("components", show_components),
    path("errors/<str:name>", error_page),
    path("turn", turn),
    path("turn/events", turn_events),
    path("turn/approval", turn_approval),
    path("files", files),
    path("filess", begin_file),
    path("filess/1/done", finish_file),
    path("filess/1/<int:at>", file_part),
    path("search", search),
    path("asked", asked),
    path("theme", theme),
]
