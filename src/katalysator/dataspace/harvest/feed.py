"""What a graph in DCAT says of datasets; it needs neither the site nor its settings."""

from collections.abc import Iterator
from typing import Any, Final

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS
from rdflib.term import Node

from katalysator.dataspace.records.words import HYDRA, VCARD, entry_of

PREFERRED: Final = ("nl", "en", "")
"""In which language a text is kept, where there is a choice."""
_NAMES: Final = (FOAF.name, RDFS.label, VCARD.fn, DCTERMS.title)
_PAGES: Final = (HYDRA.PartialCollectionView, HYDRA.PagedCollection)
_NEXT: Final = (HYDRA.next, HYDRA.nextPage)


def datasets_of(graph: Graph) -> Iterator[dict[str, Any]]:
    """Each dataset once, as plain facts."""
    for own in dict.fromkeys(graph.subjects(RDF.type, DCAT.Dataset)):
        yield _dataset(graph, own)


def is_catalogue(graph: Graph) -> bool:
    """Whether it is a catalogue at all, though it may be empty."""
    return (None, RDF.type, DCAT.Catalog) in graph


def next_page_of(graph: Graph) -> str:
    """Where the next page of the feed stands; empty for none."""
    for kind in _PAGES:
        for page in graph.subjects(RDF.type, kind):
            for name in _NEXT:
                if (found := graph.value(page, name, any=True)) is not None:
                    return str(found)
    return ""


def _dataset(graph: Graph, own: Node) -> dict[str, Any]:
    title, language = _text(graph, own, DCTERMS.title)
    parts = list(graph.objects(own, DCAT.distribution))
    landing_page = _first(graph, own, DCAT.landingPage)
    address = str(own) if isinstance(own, URIRef) else ""
    access = [_first(graph, each, DCAT.accessURL) for each in parts]
    return {
        "key": address or _first(graph, own, DCTERMS.identifier),
        "title": title,
        "language": language,
        "text": _text(graph, own, DCTERMS.description)[0],
        "publisher": _name(graph, graph.value(own, DCTERMS.publisher, any=True)),
        "theme": next(
            iter(sorted(filter(None, _entries(graph, own, DCAT.theme, "data-theme")))), ""
        ),
        "keywords": sorted({str(each) for each in graph.objects(own, DCAT.keyword)}),
        "licence": _licence(graph, own, parts),
        "lives_at": next(
            (each for each in (address, landing_page, *access) if each.startswith("http")), ""
        ),
    }


def _licence(graph: Graph, own: Node, parts: list[Node]) -> str:
    """The licence of a dataset, or of its first part that has one; its words where its address is of no list."""
    for each in (own, *parts):
        found = graph.value(each, DCTERMS.license, any=True)
        if found is not None:
            return _text(graph, found, RDFS.label)[0] or str(found)
    return ""


def _entries(graph: Graph, own: Node, name: URIRef, table: str) -> list[str]:
    return [entry_of(table, str(each)) for each in graph.objects(own, name)]


def _name(graph: Graph, whom: Node | None) -> str:
    """What somebody is called."""
    if whom is None or isinstance(whom, Literal):
        return str(whom or "")
    for name in _NAMES:
        if said := _text(graph, whom, name)[0]:
            return said
    return str(whom) if isinstance(whom, URIRef) else ""


def _first(graph: Graph, own: Node, name: URIRef) -> str:
    return min((str(each) for each in graph.objects(own, name)), default="")


def _text(graph: Graph, own: Node, name: URIRef) -> tuple[str, str]:
    """A text with its language: in Dutch where there is one, else in English, or whatever there is."""
    said = sorted(
        ((each.language or "").partition("-")[0], str(each))
        for each in graph.objects(own, name)
        if isinstance(each, Literal)
    )
    for language in PREFERRED:
        for tag, text in said:
            if tag == language:
                return text, tag
    return (said[0][1], said[0][0]) if said else ("", "")
