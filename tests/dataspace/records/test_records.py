"""Records of datasets are sound in DCAT-AP-NL 3.0, whatever a dataset is like, and say of it what is true."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from django.test import Client, override_settings
from pytest_django.fixtures import DjangoAssertNumQueries
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ODRL2, RDF

from katalysator.dataspace.models import DatasetOffer, DatasetVersion, DataSource
from katalysator.dataspace.records import words
from katalysator.dataspace.records.formats import FORMATS
from katalysator.dataspace.records.jsonld import dataset_data
from katalysator.dataspace.records.words import DCATAP, HYDRA
from tests import builders
from tests.dataspace.world import connector, dataset

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),  # rdflib, of itself
]

_SHAPES: Final = Path(__file__).parents[4] / "shared" / "data" / "dcat"
_FILES: Final = ("dcat-ap-nl-3.0/dcat-ap-nl-SHACL.ttl", "dcat-ap-3.0.1/shapes.ttl")
_ODD: Final = "A <b> & “c” \\ \" ' {x} | ^ `\x0b\x01 日本"
NESTED: Final[dict[str, Any]] = {
    "permission": [
        {
            "action": "use",
            "constraint": [
                {
                    "and": [
                        {"leftOperand": "purpose", "operator": "isAnyOf", "rightOperand": ["research", "education"]},
                        {"or": [
                            {"leftOperand": "partyKind", "operator": "eq", "rightOperand": "university"},
                            {"leftOperand": "spatial", "operator": "isPartOf", "rightOperand": {"@id": "NL31"}},
                        ]},
                    ]
                },
                {"leftOperand": "what nobody knows", "operator": "eq", "rightOperand": "x"},
            ],
        }
    ],
    "prohibition": [{"action": "distribute"}],
    "obligation": [{"action": "name us"}],
}  # fmt: skip
CASES: Final[dict[str, dict[str, Any]]] = {
    "bare": {},
    "full": {
        "text": "Wat we meten.", "theme": "HEAL", "access": "PUBLIC", "creator": "Voorbeeldlab", "contact_name": "Loket",
        "contact_email": "loket@voorbeeld.example", "licence": "CC_BY_4_0", "model": "open", "personal": "pseudonymised",
        "keywords": ["zorg", "metingen"], "region": "NL31", "begins_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31),
        "frequency": "MONTHLY", "language": "en",
    },
    "begun": {"begins_on": date(2025, 1, 1)},
    "ended": {"ends_on": date(2025, 1, 1)},
    "stays": {"model": "stays", "access": "NON_PUBLIC", "personal": "personal"},
    "free": {"licence": "CC0", "frequency": "NEVER", "access": "PUBLIC", "model": "open"},
    "alike": {"licence": "CC_BYSA_4_0", "frequency": "CONT"},
    "odd": {
        "title": _ODD, "text": _ODD, "creator": _ODD, "contact_name": _ODD, "keywords": [_ODD], "region": "N<>",
        "contact_email": "o`{d}|^d@voorbeeld.example",
    },
}  # fmt: skip


@cache
def _shapes() -> Graph:
    """Both profiles together: the one for the Netherlands is to be read beside the European."""
    if not _SHAPES.exists():
        pytest.skip("the official shapes are not at hand")
    shapes = Graph()
    for file in _FILES:
        shapes.parse(_SHAPES / file)
    return shapes


def violations(graph: Graph) -> list[str]:
    """What is wrong with a graph, by the official shapes."""
    from pyshacl import validate

    _sound, found, _text = validate(graph, shacl_graph=_shapes())
    sh = "http://www.w3.org/ns/shacl#"
    results = found.subjects(RDF.type, URIRef(f"{sh}ValidationResult"))
    return sorted(
        f"{found.value(each, URIRef(f'{sh}focusNode'))} {found.value(each, URIRef(f'{sh}resultPath'))}"
        for each in results
        if found.value(each, URIRef(f"{sh}resultSeverity")) == URIRef(f"{sh}Violation")
    )


def read(address: str, **headers: str) -> Graph:
    """What is read at an address, as a graph."""
    answer: Any = Client().get(address, headers=headers)
    assert answer.status_code == 200, answer
    media_type = answer["Content-Type"].partition(";")[0]
    form = next(each for each in FORMATS.values() if each.media_type == media_type)
    names = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}
    return Graph().parse(data=answer.content, format=names[form.ending])


@pytest.fixture
def shared() -> Iterator[list[Any]]:
    """Datasets of many shapes, of two organisations."""
    one = connector(kind="university", contact="loket@voorbeeld.example")
    other = connector(kind="municipality", website="https://voorbeeld.example/{a}|b")
    rows = [
        dataset([one, other][place % 2], f"urn:dataset:{name}", **fields)
        for place, (name, fields) in enumerate(CASES.items())
    ]
    for row in rows[1::2]:
        DatasetVersion.objects.create(dataset=row, number="1.0", notes="De eerste.")
        DatasetVersion.objects.create(dataset=row, number="1.1")
        DatasetOffer.objects.create(dataset=row, key=f"{row.key}:nested", terms=NESTED)
    kinds = ("text/csv; charset=utf-8", "application/octet-stream", "w<e>ird")
    for row, kind in zip(rows, kinds, strict=False):
        DataSource.objects.create(
            dataset=row, name="a.csv", media_type=kind, size=12, sha256="ab" * 32
        )
    with override_settings(ADDRESS="https://katalysator.example"):
        yield rows


@pytest.mark.parametrize("ending", FORMATS)
def test_a_catalogue_of_datasets_of_many_shapes_is_sound(shared: list[Any], ending: str) -> None:
    graph = read(f"/catalog.{ending}")

    assert violations(graph) == []
    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == len(shared)


def test_each_format_says_the_same(shared: list[Any]) -> None:
    from rdflib.compare import isomorphic

    told = [read(f"/dataspace/datasets/{shared[1].pk}.{ending}") for ending in FORMATS]

    assert isomorphic(told[0], told[1])
    assert isomorphic(told[0], told[2])
    assert violations(told[0]) == []


def test_a_record_that_lacks_something_is_not_sound(shared: list[Any]) -> None:
    graph = read(f"/dataspace/datasets/{shared[0].pk}.ttl")
    own = URIRef(f"https://katalysator.example/dataspace/datasets/{shared[0].pk}")
    graph.remove((own, DCTERMS.creator, None))
    graph.remove((URIRef(f"{own}#data"), DCTERMS.license, None))

    assert violations(graph) == [f"{own} {DCTERMS.creator}", f"{own}#data {DCTERMS.license}"]


def test_a_record_says_what_a_dataset_is(shared: list[Any]) -> None:
    row = shared[1]
    graph = read(f"/dataspace/datasets/{row.pk}.ttl")
    own = URIRef(f"https://katalysator.example/dataspace/datasets/{row.pk}")

    def said(name: URIRef) -> set[Any]:
        return set(graph.objects(own, name))

    assert said(DCTERMS.identifier) == {Literal(row.key)}
    assert said(DCTERMS.title) == {Literal(row.title, lang="en")}
    assert said(DCAT.theme) == {words.code("data-theme", "HEAL")}
    assert said(DCTERMS.accessRights) == {words.code("access-right", "PUBLIC")}
    assert said(DCTERMS.accrualPeriodicity) == {words.code("frequency", "MONTHLY")}
    assert said(DCTERMS.spatial) == {words.NUTS["NL31"]}
    assert said(words.VERSION) == {Literal("1.1")}
    assert said(DCATAP.applicableLegislation) == {words.GDPR, words.DATA_GOVERNANCE_ACT}
    assert {str(each) for each in said(DCAT.keyword)} == {"zorg", "metingen"}
    publisher = graph.value(own, DCTERMS.publisher)
    assert str(graph.value(publisher, FOAF.name)) == row.connector.organisation.name
    assert len(said(ODRL2.hasPolicy)) == 2


def test_an_offer_for_one_alone_is_in_no_record(shared: list[Any]) -> None:
    only = {"leftOperand": "recipient", "operator": "eq", "rightOperand": "did:web:een.example"}
    terms = {"permission": [{"action": "use", "constraint": [{"or": [only]}]}]}
    DatasetOffer.objects.create(dataset=shared[0], key="urn:offer:only", terms=terms)

    graph = read(f"/dataspace/datasets/{shared[0].pk}.ttl")

    assert {str(each) for each in graph.objects(None, ODRL2.uid)} == {f"{shared[0].key}:offer"}


def test_what_is_not_published_is_not_there(shared: list[Any]) -> None:
    hidden = dataset(shared[0].connector, "urn:dataset:hidden", is_published=False)
    gone = dataset(connector(state="withdrawn"), "urn:dataset:gone")
    for row in (hidden, gone):
        assert Client().get(f"/dataspace/datasets/{row.pk}.ttl").status_code == 404

    told = {str(each) for each in read("/catalog.ttl").objects(None, DCTERMS.identifier)}

    assert not told & {hidden.key, gone.key}


def test_a_connector_has_a_catalogue_of_its_own(shared: list[Any]) -> None:
    own = shared[0].connector

    graph = read(f"/dataspace/{own.organisation.slug}/catalog.ttl")

    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == len(shared) // 2
    assert violations(graph) == []
    for nothing in ("/dataspace/nobody/catalog.ttl", "/catalog.xml", "/dataspace/datasets/9.txt"):
        assert Client().get(nothing).status_code == 404


def test_a_program_gets_what_it_asks_for_and_a_person_the_page(shared: list[Any]) -> None:
    address = f"/dataspace/datasets/{shared[0].pk}"
    for form in FORMATS.values():
        answer = Client().get(address, headers={"Accept": f"text/html;q=.5, {form.media_type}"})
        assert answer["Content-Type"].startswith(form.media_type)
        assert "Accept" in answer["Vary"]
    answer = Client().get(
        address, headers={"Accept": "text/html,*/*;q=.8", "Accept-Language": "nl"}
    )
    assert answer.status_code == 302
    assert answer["Location"] == f"/nl{address}/"


def test_the_same_record_is_the_same_file_and_is_sent_once(shared: list[Any]) -> None:
    first = Client().get("/catalog.jsonld")

    again = Client().get("/catalog.jsonld", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert again.content == b""


def test_a_catalogue_has_pages(shared: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("katalysator.dataspace.records.views.A_PAGE", 3)
    found, address = set(), "/catalog.rdf"
    while address:
        graph = read(address.removeprefix("https://katalysator.example"))
        found |= set(graph.subjects(RDF.type, DCAT.Dataset))
        address = str(next(graph.objects(None, HYDRA.nextPage), ""))

    assert len(found) == len(shared)
    for wrong in ("0", "4", "x", "99999999999999999999", "²"):
        assert Client().get(f"/catalog.ttl?page={wrong}").status_code == 404


def test_a_catalogue_costs_the_same_however_long_it_is(
    shared: list[Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):
        read("/catalog.ttl")
    for number in range(5):
        row = dataset(connector(), f"urn:more:{number}")
        DatasetVersion.objects.create(dataset=row, number="1")
    with django_assert_num_queries(6):
        read("/catalog.ttl")


def test_a_catalogue_is_made_once_until_something_in_it_changes(
    shared: list[Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    read("/catalog.ttl")
    with django_assert_num_queries(3):
        read("/catalog.ttl")

    shared[0].offers.update(is_open=False)
    shared[1].is_published = False
    shared[1].save()

    graph = read("/catalog.ttl")
    assert f"{shared[0].key}:offer" not in {str(each) for each in graph.objects(None, ODRL2.uid)}
    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == len(shared) - 1


def test_an_empty_catalogue_is_an_answer_too() -> None:
    builders.organisation()
    graph = read("/catalog.ttl")

    [own] = set(graph.subjects(RDF.type, DCAT.Catalog))
    assert violations(graph) == [f"{own} {DCAT.dataset}"], "the profile wants one dataset at least"


def test_search_engines_read_the_same_in_their_own_words(shared: list[Any]) -> None:
    own, bare = (json.loads(dataset_data(each)) for each in (shared[1], shared[0]))

    assert own["@id"] == f"https://katalysator.example/dataspace/datasets/{shared[1].pk}"
    assert (own["name"], own["license"]) == (
        shared[1].title,
        str(words.code("licence", "CC_BY_4_0")),
    )
    assert own["temporalCoverage"] == "2025-01-01/2025-12-31"
    assert own["isAccessibleForFree"] is True
    assert own["version"] == "1.1"
    assert not {"temporalCoverage", "spatialCoverage", "isAccessibleForFree"} & set(bare)
    assert "<" not in dataset_data(shared[-1])
