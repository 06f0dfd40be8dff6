"""The vendors' own OpenAPI files, as a judge over requests and answers that went over the wire.

    specification = Specification.of("twilio")          # skips the test when ../shared/specs is absent
    problems = specification.problems(exchange)         # [] when both sides keep to the vendor's description

An `Exchange` is what the sandbox keeps of one request when it records (`GET /_state/exchanges`). The decoding
rules are those of the specs' README: OpenAPI 3.0 `nullable` becomes a null type; in forms a single field may
stand for an array, and texts become integers, numbers and booleans where the schema asks for them.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.bracketed_forms import nested, typed

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "specs"

# Answers that the vendor's file leaves out, in the shape their SDKs and documentation give.
_TWILIO_ERROR = {
    "type": "object",
    "properties": {
        "code": {"type": "integer"},
        "message": {"type": "string"},
        "more_info": {"type": "string"},
        "status": {"type": "integer"},
    },
    "required": ["code", "message", "more_info", "status"],
    "additionalProperties": False,
}
_MAILGUN_ERROR = {"type": "object", "properties": {"message": {"type": "string"}}, "required": ["message"]}
_UNDOCUMENTED: dict[str, dict[str, Any]] = {"twilio": _TWILIO_ERROR, "mailgun": _MAILGUN_ERROR}


@dataclass(frozen=True)
class Exchange:
    """One request and its answer; `path` starts at the vendor's own root."""

    vendor: str
    method: str
    path: str
    query: str
    request_type: str
    request: bytes
    status: int
    answer_type: str
    answer: bytes

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Exchange:
        """Read one entry of `GET /_state/exchanges`."""
        plain = {name: record[name] for name in ("vendor", "method", "path", "query", "status")}
        return cls(
            **plain,
            request_type=record["request_type"],
            request=base64.b64decode(record["request"]),
            answer_type=record["answer_type"],
            answer=base64.b64decode(record["answer"]),
        )


class Specification:
    """One vendor's description, ready to judge."""

    def __init__(self, vendor: str, *documents: dict[str, Any]) -> None:
        self.vendor = vendor
        self._documents = [_with_null_types(document) for document in documents]
        resources = [
            (f"urn:{vendor}:{number}", DRAFT202012.create_resource(document))
            for number, document in enumerate(self._documents)
        ]
        self._registry: Registry[Any] = Registry().with_resources(resources).crawl()

    @staticmethod
    def is_at_hand() -> bool:
        """Whether the vendors' files are beside this checkout."""
        return FOLDER.is_dir()

    @staticmethod
    def of(vendor: str) -> Specification:
        """The specification of a vendor, or a skipped test where the files are not at hand."""
        names = ["openapi.json"] + (["messaging.openapi.json"] if vendor == "twilio" else [])
        for name in names:
            if not (FOLDER / vendor / name).is_file():
                pytest.skip(f"the vendor's specification {vendor}/{name} is not beside this checkout")
        return _load(vendor, *names)

    def problems(self, exchange: Exchange) -> list[str]:
        """What the vendor's description finds wrong with this request or its answer."""
        found = self._operation(exchange.method, exchange.path)
        if found is None:
            return [f"{exchange.method} {exchange.path}: no such operation"]
        number, place, operation = found
        name = f"{exchange.method} {place[1]}"
        request = (
            [] if exchange.status in range(400, 500) else self._request(number, place, operation, exchange)
        )
        answer = self._answer(number, place, operation, exchange)
        return [f"{name}: {problem}" for problem in [*request, *answer]]

    def request_problems(self, exchange: Exchange) -> list[str]:
        """What is wrong with the request alone, whatever its answer was."""
        found = self._operation(exchange.method, exchange.path)
        return ["no such operation"] if found is None else self._request(*found, exchange)

    def _operation(self, method: str, path: str) -> tuple[int, tuple[str, str, str], dict[str, Any]] | None:
        best = None
        for number, document in enumerate(self._documents):
            for template, operations in document["paths"].items():
                pattern = re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(template))
                fits = method.lower() in operations and re.fullmatch(pattern, path)
                if fits and (best is None or template.count("{") < best[1][1].count("{")):
                    place = ("paths", template, method.lower())
                    best = (number, place, operations[method.lower()])
        return best

    def _request(
        self, number: int, place: tuple[str, ...], operation: dict[str, Any], exchange: Exchange
    ) -> list[str]:
        problems = self._query(number, place, operation, exchange)
        body = operation.get("requestBody")
        if body is None:
            return problems + (["a body where none is expected"] if exchange.request else [])
        kind = exchange.request_type.partition(";")[0].strip().lower()
        # Mailgun's API takes both kinds of forms wherever its description names one of them.
        forms = {"multipart/form-data", "application/x-www-form-urlencoded", "application/form-data"}
        kinds = [name for name in body["content"] if name == kind or (kind in forms and name in forms)]
        if not kinds:
            return [*problems, f"content type {kind!r} instead of {sorted(body['content'])}"]
        where = (*place, "requestBody", "content", kinds[0], "schema")
        schema = self._resolved(number, where)
        if self.vendor == "stripe":
            value = typed(nested(list(_fields(exchange))), schema, self._documents[number])
        else:
            value = json.loads(exchange.request) if kind == "application/json" else _form(exchange, schema)
        return problems + self._misfits(number, where, value)

    def _query(
        self, number: int, place: tuple[str, ...], operation: dict[str, Any], exchange: Exchange
    ) -> list[str]:
        shared = self._documents[number]["paths"][place[1]].get("parameters", [])
        # Parameters that are only pointed to are headers, in every one of these files.
        said = [p for p in [*shared, *operation.get("parameters", [])] if "$ref" not in p]
        parameters = {p["name"]: p for p in said if p["in"] == "query"}
        if self.vendor == "stripe":
            return self._deep_query(number, parameters, exchange)
        # A comparison is written into the name: "DateSent>" with "=" and the value after it.
        given = parse_qsl(exchange.query, keep_blank_values=True)
        problems = [f"unknown query field {name!r}" for name, _ in given if name not in parameters]
        for name, text in given:
            if name in parameters:
                value = _converted(text, parameters[name].get("schema", {}))
                validator = Draft202012Validator(parameters[name].get("schema", {}), registry=self._registry)
                if "$ref" not in parameters[name].get("schema", {}):
                    problems += [f"query {name}: {error.message}" for error in validator.iter_errors(value)]
        return problems

    def _deep_query(self, number: int, parameters: dict[str, Any], exchange: Exchange) -> list[str]:
        """Stripe's queries are nested as its forms are."""
        given = nested(parse_qsl(exchange.query, keep_blank_values=True))
        problems = [f"unknown query field {name!r}" for name in given if name not in parameters]
        for name in given.keys() & parameters.keys():
            schema = parameters[name].get("schema", {})
            value = typed(given[name], schema, self._documents[number])
            if "$ref" not in json.dumps(schema):
                validator = Draft202012Validator(schema)
                problems += [f"query {name}: {error.message}" for error in validator.iter_errors(value)]
        return problems

    def _answer(
        self, number: int, place: tuple[str, ...], operation: dict[str, Any], exchange: Exchange
    ) -> list[str]:
        responses = operation["responses"]
        status = str(exchange.status) if str(exchange.status) in responses else "default"
        if status not in responses:
            if self.vendor not in _UNDOCUMENTED or exchange.status < 400:
                return [f"status {exchange.status} is not documented"]
            validator = Draft202012Validator(_UNDOCUMENTED[self.vendor])
            return [
                f"answer: {error.message}" for error in validator.iter_errors(json.loads(exchange.answer))
            ]
        content = responses[status].get("content")
        if not content:
            return ["an answer where none is documented"] if exchange.answer else []
        kind = exchange.answer_type.partition(";")[0].strip().lower()
        if kind not in content and kind != "text/plain":
            return [f"answer type {kind!r} instead of {sorted(content)}"]
        where = (
            *place,
            "responses",
            status,
            "content",
            kind if kind in content else next(iter(content)),
            "schema",
        )
        return [
            f"answer: {problem}"
            for value in _answers(kind, exchange.answer)
            for problem in self._misfits(number, where, value)
        ]

    def _misfits(self, number: int, where: tuple[str, ...], value: Any) -> list[str]:
        pointer = "/".join(part.replace("~", "~0").replace("/", "~1").replace("{", "%7B") for part in where)
        reference = {"$ref": f"urn:{self.vendor}:{number}#/" + pointer.replace("}", "%7D")}
        validator = Draft202012Validator(reference, registry=self._registry)
        return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(value)]

    def _resolved(self, number: int, where: tuple[str, ...]) -> dict[str, Any]:
        schema: Any = self._documents[number]
        for part in where:
            schema = schema[part]
        while "$ref" in schema:
            target = schema["$ref"]
            schema = self._documents[number]
            for part in target.removeprefix("#/").split("/"):
                schema = schema[part.replace("~1", "/").replace("~0", "~")]
        return dict(schema)


@cache
def _load(vendor: str, *names: str) -> Specification:
    return Specification(vendor, *(json.loads((FOLDER / vendor / name).read_text()) for name in names))


def _with_null_types(schema: Any) -> Any:
    """OpenAPI 3.0 into JSON Schema 2020-12: `nullable: true` adds the null type."""
    if isinstance(schema, list):
        return [_with_null_types(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("allOf") == [{"$ref": "#/components/schemas/github.com-mailgun-mime-RFC822Time"}]:
        return {"type": "string"}  # Mailgun's file calls its dates objects; its answers have texts
    plain = {name: _with_null_types(value) for name, value in schema.items() if name != "nullable"}
    if schema.get("nullable") is not True:
        return plain
    if "type" in plain:
        plain["type"] = [plain["type"], "null"]
        if "enum" in plain:
            plain["enum"] = [*plain["enum"], None]
        return plain
    return {"anyOf": [plain, {"type": "null"}]}


def _form(exchange: Exchange, schema: dict[str, Any]) -> dict[str, Any]:
    """A form as the object that its schema describes; files stand as a short text."""
    properties = schema.get("properties", {})
    form: dict[str, Any] = {}
    for name, text in _fields(exchange):
        field = properties.get(name, {})
        if field.get("type") == "array":
            form.setdefault(name, []).append(_converted(text, field.get("items", {})))
        elif name in form:  # a repeated field stands for an array, which only an array's schema allows
            form[name] = [*form[name], text] if isinstance(form[name], list) else [form[name], text]
        else:
            form[name] = _converted(text, field)
    return form


def _fields(exchange: Exchange) -> Iterator[tuple[str, str]]:
    if exchange.request_type.startswith("multipart/"):
        head = f"Content-Type: {exchange.request_type}\r\n\r\n".encode()
        for part in message_from_bytes(head + exchange.request).walk():
            name = part.get_param("name", header="content-disposition")
            if name and not part.is_multipart():
                payload = part.get_payload(decode=True)
                text = payload.decode(errors="replace") if isinstance(payload, bytes) else ""
                yield str(name), "(file)" if part.get_filename() else text
    else:
        yield from parse_qsl(exchange.request.decode(), keep_blank_values=True)


def _converted(text: str, schema: dict[str, Any]) -> Any:
    kinds = schema.get("type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "boolean" in kinds and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if "integer" in kinds and re.fullmatch(r"-?\d+", text):
        return int(text)
    if "number" in kinds and re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text)
    return text


def _answers(kind: str, body: bytes) -> Iterator[Any]:
    """The JSON values of an answer: one, or one for every event of a stream."""
    if kind == "text/event-stream":
        for line in body.decode().splitlines():
            if line.startswith("data:") and line.removeprefix("data:").strip() not in ("", "[DONE]"):
                event = json.loads(line.removeprefix("data:"))
                if event.get("type") not in ("ping", "error"):  # not part of the SDK's union of events
                    yield event
    elif kind == "text/plain":
        yield body.decode()
    else:
        yield json.loads(body)
