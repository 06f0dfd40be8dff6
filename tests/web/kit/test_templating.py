"""A fragment is a named part of its page, rendered from the same source."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from jinja2 import DictLoader, UndefinedError

from opsystem.web.components_page import samples
from opsystem.web.templating import environment, page, render_fragment

NAME = "components_page/show.html"
pytestmark = pytest.mark.usefixtures("collected")


def asked_for(target: str) -> HttpRequest:
    headers = {"HX-Request": "true", "HX-Target": target, "HX-Request-Type": "partial"}
    return RequestFactory().get("/", headers=headers)


def test_htmx_gets_the_block_named_like_its_target() -> None:
    answer = page(asked_for("div#aside"), NAME, samples())
    text = answer.content.decode()
    assert "About" in text
    assert "<html" not in text
    assert answer.headers["Vary"] == "HX-Request, HX-Target"


def test_a_page_is_whole_for_everybody_else_and_for_unknown_targets() -> None:
    requests = RequestFactory()
    whole = page(requests.get("/"), NAME, samples()).content.decode()
    assert whole.startswith("<!doctype html>")
    assert whole.count("<h1") == 1
    unknown = page(asked_for("div#nothing-like-it"), NAME, samples())
    assert unknown.content.startswith(b"<!doctype html>")
    with pytest.raises(KeyError):
        render_fragment(requests.get("/"), NAME, "nothing_like_it", samples())


def test_a_fragment_sees_the_imports_of_its_page() -> None:
    text = render_fragment(RequestFactory().get("/"), NAME, "crumbs", samples())
    assert "Where you are" in text


def test_what_people_typed_is_escaped_and_unknown_names_are_errors() -> None:
    templates = environment(loader=DictLoader({"a": "{{ name }}", "b": "{{ nobody }}"}))
    assert templates.get_template("a").render(name="<b>") == "&lt;b&gt;"
    with pytest.raises(UndefinedError):
        templates.get_template("b").render()
