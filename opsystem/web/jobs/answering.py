"""Views of a checklist's lines: ticking them, and answering those that ask for more."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.files.operations import add_file
from opsystem.business.jobs.operations import fill_item, tick_item
from opsystem.business.overview.queries import show_job
from opsystem.kit.errors import Invalid, NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.files.content import MOST_BYTES
from opsystem.web.forms import FormState


@business_page(Permission.VISITS_WORK, "POST")
def tick(door: Door, job: int, item: int) -> HttpResponse:
    """Tick a line of a job's checklist, or untick it."""
    done = door.request.POST.get("done") == "on"
    door.perform(tick_item, job=make_ref("job", job), item=item, done=done)
    return door.go_back("jobs:show", job)


@business_page(Permission.VISITS_WORK, "GET", "POST")
def fill(door: Door, job: int, item: int) -> HttpResponse:
    """Answer a line that asks for a photo, a reading, a text or a choice."""
    page = door.ask(show_job, job=make_ref("job", job))
    task = next((one for one in page.tasks if one.id == item), None)
    if task is None:
        raise NotFound("There is no such line.", code="no_line")
    form = FormState({"answer": task.answer.removesuffix(f" {task.unit}")})
    if door.is_post:
        try:
            photo = {"file": _taken(door, page.job.ref)} if task.asks == "photo" else {}
            answer = {"answer": door.request.POST.get("answer", "")} if task.asks != "photo" else {}
            done = door.perform(fill_item, job=page.job.ref, item=item, **answer, **photo)
        except Invalid as problem:
            form = FormState.of(door.request.POST, problem)
        else:
            door.tell(f"Answered “{task.text}”", done=done)
            return door.go_back("jobs:show", job)
    back = door.request.POST.get("next", "") or door.url("jobs:show", job)
    return door.page("jobs/fill.html", {"form": form, "task": task, "job": page.job, "back": back})


def _taken(door: Door, job: str) -> str:
    """Add the photo that was sent to the job; return its reference."""
    sent = door.request.FILES.get("file")
    if sent is None:
        message = "Take or choose a photo first."
        raise Invalid(message, code="no_file", fields={"file": message})
    stored = door.vault.files.write(sent.chunks(), limit=MOST_BYTES)
    given = {"content_id": stored.content_id, "name": sent.name or "photo", "job": job}
    key = door.request.POST.get("request_id", "")
    saved = add_file.perform(door.vault, door.actor, given, request_id=f"{key}-0" if key else None)
    return saved.value.ref
