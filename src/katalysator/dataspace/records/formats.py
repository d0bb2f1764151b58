"""The formats that a record can be had in, and which of them somebody asks for."""

import json
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from rdflib import Graph

from katalysator.dataspace.records.words import PREFIXES

_HTML: Final = "text/html"


@dataclass(frozen=True, slots=True)
class RecordFormat:
    """A format: how its addresses end, its media type, and what rdflib calls it."""

    ending: str
    media_type: str
    writer: str
    label: str


FORMATS: Final = {
    each.ending: each
    for each in (
        RecordFormat("ttl", "text/turtle", "turtle", "Turtle"),
        RecordFormat("rdf", "application/rdf+xml", "xml", "RDF/XML"),
        RecordFormat("jsonld", "application/ld+json", "json-ld", "JSON-LD"),
    )
}
_BY_TYPE: Final = {each.media_type: each for each in FORMATS.values()}


def asked_format(request: HttpRequest) -> RecordFormat | None:
    """The format that a program asks for in its header Accept; None for who wants a page, or does not care."""
    wanted = request.get_preferred_type([_HTML, *_BY_TYPE])
    return _BY_TYPE.get(wanted or _HTML)


def written(graph: Graph, form: RecordFormat) -> bytes:
    """A graph in a format. JSON-LD has its context in itself: who reads it need not fetch anything."""
    if form.writer != "json-ld":
        return graph.serialize(format=form.writer, encoding="utf-8")
    context = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
    text = graph.serialize(format=form.writer, context=context, auto_compact=False)
    return json.dumps(json.loads(text), ensure_ascii=False).encode()
