"""Pages are Jinja2 templates; a fragment is a named block of its page.

`environment` is handed to Django's Jinja2 backend in the settings. Views answer with
`page`, which renders the whole page or, when htmx asks for one part of it, only the block
named like the element that is being replaced: `<section id="rows">` and `{% block rows %}`.

What belongs here: how templates are loaded and rendered. How values look on a page is
`opsystem.web.show`; what a page is made of is `templates/components`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.backends.jinja2 import Template as BackendTemplate
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from opsystem.web import show


def environment(**options: Any) -> Environment:
    """Return the Jinja2 environment of all pages, for Django's backend.

    Escaping is always on and an unknown name is an error. Call with the options Django
    passes (`loader`, `auto_reload`, ...).
    """
    chosen = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    environment = Environment(**{**options, **chosen})  # noqa: S701 - autoescape is on, one line above
    environment.globals.update(static=_static, url=_url, new_request_id=_new_request_id)
    environment.filters.update(show.FILTERS)
    return environment


def page(
    request: HttpRequest, name: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Answer with a page, or with the one block of it that htmx is about to replace.

    The block is chosen by the id of the target element. Asked for a block that the page
    does not have, the whole page is the answer, and htmx takes its part from that.
    """
    block = _wanted_block(request)
    template = _template(name)
    values = _values(request, template, context)
    rendered = None if block is None else _render_block(template, block, values)
    body = template.template.render(values) if rendered is None else rendered
    answer = HttpResponse(body, status=status)
    answer.headers["Vary"] = "HX-Request, HX-Target"
    return answer


def render_fragment(
    request: HttpRequest, name: str, block: str, context: Mapping[str, Any] | None = None
) -> Markup:
    """Return one named block of a page. Raises KeyError when the page has no such block."""
    template = _template(name)
    rendered = _render_block(template, block, _values(request, template, context))
    if rendered is None:
        raise KeyError(block)
    return Markup(rendered)  # noqa: S704 - the template escaped every value


def _template(name: str) -> BackendTemplate:
    template = get_template(name)
    if not isinstance(template, BackendTemplate):
        raise TypeError(f"{name} is not rendered by the Jinja2 backend")
    return template


def _values(
    request: HttpRequest, template: BackendTemplate, context: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return what a template sees: the same names Django's backend gives to a full render."""
    values: dict[str, Any] = {
        "request": request,
        "csrf_input": csrf_input_lazy(request),
        "csrf_token": csrf_token_lazy(request),
    }
    for processor in template.backend.template_context_processors:
        values.update(processor(request))
    values.update(context or {})
    return values


def _render_block(template: BackendTemplate, block: str, values: dict[str, Any]) -> str | None:
    """Render one block, or return None when the template has no block of that name.

    A page's imports run at the top of its template, before its layout begins. So the
    template is started and stopped at its first output: then its names stand and its
    blocks are linked to those of the layout, and only the one block is rendered.
    """
    if not isinstance(block, str) or not block:
        return None
    context = template.template.new_context(values)
    start = template.template.root_render_func(context)
    next(iter(start), None)
    if block not in context.blocks:
        return None
    return "".join(context.blocks[block][0](context))


def _wanted_block(request: HttpRequest) -> str | None:
    """Return the block htmx asks for: the target comes as `section#rows` in `HX-Target`."""
    if request.headers.get("HX-Request") != "true" or request.headers.get("HX-Request-Type") == "full":
        return None
    return request.headers.get("HX-Target", "").rpartition("#")[2].replace("-", "_") or None


@lru_cache(maxsize=512)
def _static(path: str) -> str:
    return static(path)


@lru_cache(maxsize=4096)
def _url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args, kwargs=kwargs)


def _new_request_id() -> str:
    return str(uuid.uuid4())
