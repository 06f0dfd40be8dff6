"""Views of a job's course: on hold and on again, merged into another, shared with a helper."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.jobs.operations import hold_job, merge_jobs, resume_job, skip_billing
from opsystem.business.jobs.queries import list_jobs
from opsystem.business.outside.operations import share_job, stop_sharing
from opsystem.business.outside.queries import list_job_links
from opsystem.business.overview.queries import show_job
from opsystem.kit import clock
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState

_SECRET = "job_link"  # noqa: S105 - the name of a place in the session


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def hold(door: Door, job: int) -> HttpResponse:
    """Put a job on hold, with the reason."""
    ref, form = make_ref("job", job), FormState()
    if door.is_post:
        outcome = door.submit(hold_job, "reason", job=ref)
        if outcome.done:
            door.tell(f"{ref} is on hold", done=outcome.done)
            return door.go("jobs:show", job)
        form = outcome.form
    return door.page("jobs/hold.html", {"form": form, "job": door.ask(show_job, job=ref).job})


@business_page(Permission.JOBS_WRITE, "POST")
def resume(door: Door, job: int) -> HttpResponse:
    """Take a job up again."""
    ref = make_ref("job", job)
    door.tell(f"{ref} goes on", done=door.perform(resume_job, job=ref))
    return door.go("jobs:show", job)


@business_page(Permission.INVOICES_WRITE, "POST")
def skip_bill(door: Door, job: int) -> HttpResponse:
    """Say that there is nothing to bill for a job, or that there is after all."""
    ref, skip = make_ref("job", job), door.request.POST.get("skip", "on") == "on"
    done = door.perform(skip_billing, job=ref, skip=skip)
    door.tell(f"Nothing is billed for {ref}" if skip else f"{ref} is to be billed", done=done)
    return door.go_back("jobs:show", job)


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def merge(door: Door, job: int) -> HttpResponse:
    """Make one job of this and another one of the same client."""
    ref, form = make_ref("job", job), FormState()
    if door.is_post:
        outcome = door.submit(merge_jobs, "into", job=ref)
        if outcome.done:
            door.tell(f"Merged {ref} into {outcome.done.value.ref}", done=outcome.done)
            return door.go("jobs:show", outcome.done.value.id)
        form = outcome.form
    row = door.ask(show_job, job=ref).job
    others = [one for one in door.ask(list_jobs, client=row.client).rows if one.ref != ref]
    return door.page("jobs/merge.html", {"form": form, "job": row, "others": others})


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def share(door: Door, job: int) -> HttpResponse:
    """Show the links by which helpers see this job; make one and show its address this once."""
    ref, form = make_ref("job", job), FormState({"days": "14"})
    if door.is_post:
        outcome = door.submit(share_job, "name", "days", job=ref)
        if outcome.done:
            door.request.session[_SECRET] = outcome.done.value.secret
            return door.go("jobs:share", job)
        form = outcome.form
    secret = door.request.session.pop(_SECRET, "")
    address = f"/shared/{door.business.number}/{secret}" if secret else ""
    context = {
        "form": form,
        "job": door.ask(show_job, job=ref).job,
        "links": door.ask(list_job_links, job=ref),
        "address": door.request.build_absolute_uri(address) if address else "",
        "now": clock.now(),
    }
    return door.page("jobs/share.html", context)


@business_page(Permission.JOBS_WRITE, "POST")
def end_share(door: Door, job: int, link: int) -> HttpResponse:
    """End a link."""
    door.perform(stop_sharing, link=link)
    door.tell("This link opens nothing any more")
    return door.go("jobs:share", job)
