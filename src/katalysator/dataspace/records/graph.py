"""What is said of datasets, as a graph in DCAT-AP-NL 3.0.

What the profile forces and a record does not say is filled with what is true of every dataset here: who publishes it made it,
and can be asked about it. So a record is sound, whoever wrote it and when.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.paginator import Page
from django.db.models import Prefetch, QuerySet
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ODRL2, RDF, RDFS, XSD

from katalysator.coalition.founding.current import current
from katalysator.coalition.models import Organisation
from katalysator.core.language import TEXT_LANGUAGES, say, speaking
from katalysator.dataspace.models import Connector, Dataset, DatasetOffer
from katalysator.dataspace.records import words
from katalysator.dataspace.records.terms import add_offer, shown_offers
from katalysator.dataspace.records.words import ADMS, DCATAP, HYDRA, SPDX, VCARD, code, iri, text
from katalysator.faults import gettext_noop as _

A_PAGE: Final = 100
"""Datasets on a page of a catalogue."""
_GOVERNMENTS: Final = (Organisation.Kind.GOVERNMENT, Organisation.Kind.MUNICIPALITY)


@dataclass(frozen=True, slots=True)
class PageOfCatalogue:
    """A page, and where the catalogue stands of which it is one, without number."""

    address: str
    page: "Page[Dataset]"

    def at(self, number: int) -> str:
        """Where a page stands."""
        return self.address if number == 1 else f"{self.address}?page={number}"


def with_all(datasets: "QuerySet[Dataset]") -> "QuerySet[Dataset]":
    """The same with what a record tells: three queries, however many there are."""
    offers: Any = DatasetOffer.objects.filter(is_open=True)
    rows: Any = datasets  # the model itself says what is in `opened`
    found: QuerySet[Dataset] = rows.select_related(
        "connector__organisation", "source"
    ).prefetch_related(Prefetch("offers", offers, "opened"), "versions")
    return found


def dataset_address(dataset: Dataset) -> str:
    """What a dataset is called in the web, whatever the language of who reads of it."""
    return f"{settings.ADDRESS}/dataspace/datasets/{dataset.pk}"


def dataset_graph(dataset: Dataset) -> Graph:
    """The record of one dataset, with the service by which it can be had; of `with_all`."""
    graph = _graph()
    _add_service(graph, dataset.connector)
    _add_dataset(graph, dataset)
    return graph


def catalogue_graph(told: PageOfCatalogue, connector: Connector | None = None) -> Graph:
    """A page of the catalogue of the coalition, or of one connector: its datasets are those of `with_all`."""
    graph, own = _graph(), URIRef(f"{connector.root if connector else settings.ADDRESS}/catalog")
    graph.add((own, RDF.type, DCAT.Catalog))
    _add_whose(graph, own, connector)
    for language in words.LANGUAGES.values():
        graph.add((own, DCTERMS.language, code("language", language)))
    services = {}
    for each in told.page:
        services[each.connector_id] = each.connector
        graph.add((own, DCAT.dataset, _add_dataset(graph, each)))
    for service in services.values():
        graph.add((own, DCAT.service, _add_service(graph, service)))
    _add_paging(graph, told)
    return graph


def _graph() -> Graph:
    graph = Graph()
    for prefix, namespace in words.PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def _add_whose(graph: Graph, own: URIRef, connector: Connector | None) -> None:
    """The title of a catalogue, who publishes it, and who can be asked."""
    if connector is not None:
        organisation = connector.organisation
        publisher, name = _add_publisher(graph, organisation), organisation.name
        contact = organisation.contact
    else:
        coalition = current()
        publisher, name = URIRef(settings.ADDRESS), str(coalition)
        contact = coalition.contact
        graph.add((publisher, RDF.type, FOAF.Agent))
        graph.add((publisher, FOAF.name, text(name)))
    graph.add((own, DCTERMS.publisher, publisher))
    graph.add((own, DCAT.contactPoint, _add_contact(graph, own, name, contact)))
    graph.add((own, FOAF.homepage, URIRef(settings.ADDRESS)))
    _say(graph, own, DCTERMS.title, _("Data that %(name)s shares"), name=name)
    _say(
        graph,
        own,
        DCTERMS.description,
        _("Datasets that %(name)s shares, each on its own terms."),
        name=name,
    )


def _add_dataset(graph: Graph, dataset: Dataset) -> URIRef:
    own, organisation = URIRef(dataset_address(dataset)), dataset.connector.organisation
    publisher = _add_publisher(graph, organisation)
    name = dataset.contact_name or organisation.name
    email = dataset.contact_email or organisation.contact
    language = dataset.language
    graph.add((own, RDF.type, DCAT.Dataset))
    graph.add((own, DCTERMS.identifier, text(dataset.key)))
    graph.add((own, DCTERMS.title, text(dataset.title, language)))
    graph.add((own, DCTERMS.description, text(dataset.text or dataset.title, language)))
    graph.add((own, DCTERMS.publisher, publisher))
    graph.add((own, DCTERMS.creator, _add_creator(graph, own, dataset, publisher)))
    graph.add((own, DCAT.contactPoint, _add_contact(graph, own, name, email)))
    graph.add((own, DCAT.theme, code("data-theme", dataset.theme)))
    graph.add((own, DCTERMS.accessRights, code("access-right", dataset.access)))
    if language in words.LANGUAGES:
        graph.add((own, DCTERMS.language, code("language", words.LANGUAGES[language])))
    graph.add((own, DCAT.landingPage, own))
    graph.add((own, DCTERMS.issued, Literal(dataset.made_at, datatype=XSD.dateTime)))
    graph.add((own, DCTERMS.modified, Literal(dataset.changed_at, datatype=XSD.dateTime)))
    for word in dataset.keywords:
        graph.add((own, DCAT.keyword, text(word, language)))
    _add_where_and_when(graph, own, dataset)
    _add_law(graph, own, dataset)
    _add_version(graph, own, dataset)
    for offer in shown_offers(dataset):
        policy = URIRef(f"{own}#offer-{offer.pk}")
        add_offer(graph, policy, offer.key, offer.terms)
        graph.add((own, ODRL2.hasPolicy, policy))
    if dataset.model != Dataset.Model.STAYS:
        graph.add((own, DCAT.distribution, _add_distribution(graph, own, dataset)))
    graph.add((URIRef(f"{dataset.connector.root}#service"), DCAT.servesDataset, own))
    return own


def _add_where_and_when(graph: Graph, own: URIRef, dataset: Dataset) -> None:
    if dataset.region:
        graph.add((own, DCTERMS.spatial, iri(words.NUTS[dataset.region])))
    if dataset.frequency:
        graph.add((own, DCTERMS.accrualPeriodicity, code("frequency", dataset.frequency)))
    if dataset.begins_on or dataset.ends_on:
        period = URIRef(f"{own}#period")
        graph.add((own, DCTERMS.temporal, period))
        graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
        for name, day in ((DCAT.startDate, dataset.begins_on), (DCAT.endDate, dataset.ends_on)):
            if day:
                graph.add((period, name, Literal(day, datatype=XSD.date)))


def _add_law(graph: Graph, own: URIRef, dataset: Dataset) -> None:
    """Which law is about such data: of people, and of people in the hands of a government that lets others use it."""
    if dataset.personal == Dataset.Personal.NONE:
        return
    graph.add((own, DCATAP.applicableLegislation, words.GDPR))
    if dataset.connector.organisation.kind in _GOVERNMENTS:
        graph.add((own, DCATAP.applicableLegislation, words.DATA_GOVERNANCE_ACT))


def _add_version(graph: Graph, own: URIRef, dataset: Dataset) -> None:
    newest = next(iter(dataset.versions.all()), None)
    if newest is not None:
        graph.add((own, words.VERSION, text(newest.number)))
        if newest.notes:
            graph.add((own, ADMS.versionNotes, text(newest.notes, dataset.language)))


def _add_distribution(graph: Graph, own: URIRef, dataset: Dataset) -> URIRef:
    """In what shape the data is: its file where there is one, and the service that gives it out."""
    part, source = URIRef(f"{own}#data"), getattr(dataset, "source", None)
    graph.add((part, RDF.type, DCAT.Distribution))
    graph.add((part, DCTERMS.title, text(dataset.title, dataset.language)))
    graph.add((part, DCAT.accessURL, own))
    graph.add((part, DCAT.accessService, URIRef(f"{dataset.connector.root}#service")))
    graph.add((part, DCTERMS.license, _add_licence(graph, dataset)))
    if source is None:
        return part
    kind = source.media_type.partition(";")[0].strip().lower()
    graph.add((part, DCAT.mediaType, iri(words.MEDIA_TYPES[kind])))
    if kind in words.FILE_TYPES:
        graph.add((part, DCTERMS["format"], code("file-type", words.FILE_TYPES[kind])))
    if source.size is not None:
        graph.add((part, DCAT.byteSize, Literal(source.size, datatype=XSD.nonNegativeInteger)))
    if source.sha256:
        checksum = URIRef(f"{part}-checksum")
        graph.add((part, SPDX.checksum, checksum))
        graph.add((checksum, RDF.type, SPDX.Checksum))
        graph.add((checksum, SPDX.algorithm, words.SHA256))
        value = Literal(source.sha256, datatype=XSD.hexBinary)
        graph.add((checksum, SPDX.checksumValue, value))
    return part


def licence_address(dataset: Dataset) -> str:
    """The licence of a dataset: one of the list of licences, or what its agreement says."""
    if dataset.licence == Dataset.Licence.AGREED:
        return f"{dataset_address(dataset)}#licence"
    return str(code("licence", dataset.licence))


def _add_licence(graph: Graph, dataset: Dataset) -> URIRef:
    licence = URIRef(licence_address(dataset))
    if dataset.licence == Dataset.Licence.AGREED:
        _add_agreed(graph, licence)
    return licence


def _add_agreed(graph: Graph, licence: URIRef) -> URIRef:
    """A licence that is what an agreement says."""
    graph.add((licence, RDF.type, DCTERMS.LicenseDocument))
    graph.add((licence, DCTERMS.type, words.OWN_CLAUSES))
    _say(graph, licence, RDFS.label, _("As the agreement says"))
    return licence


def _add_service(graph: Graph, connector: Connector) -> URIRef:
    """The connector as a service: it speaks the protocol, by which its data is asked for."""
    own, organisation = URIRef(f"{connector.root}#service"), connector.organisation
    publisher = _add_publisher(graph, organisation)
    contact = _add_contact(graph, own, organisation.name, organisation.contact)
    graph.add((own, RDF.type, DCAT.DataService))
    graph.add((own, DCTERMS.identifier, text(connector.participant_id)))
    graph.add((own, DCTERMS.publisher, publisher))
    graph.add((own, DCTERMS.creator, publisher))
    graph.add((own, DCAT.contactPoint, contact))
    graph.add((own, DCAT.endpointURL, URIRef(connector.base)))
    described = URIRef(f"{connector.root}/.well-known/dspace-version")
    graph.add((own, DCAT.endpointDescription, described))
    graph.add((own, DCTERMS.conformsTo, URIRef("https://w3id.org/dspace/2025/1")))
    graph.add((own, DCAT.theme, code("data-theme", "TECH")))
    graph.add((own, DCTERMS.accessRights, code("access-right", "RESTRICTED")))
    graph.add((own, DCTERMS.license, _add_agreed(graph, URIRef(f"{connector.root}#licence"))))
    name = organisation.name
    _say(graph, own, DCTERMS.title, _("Data service of %(name)s"), name=name)
    about = _("Ask here for data of %(name)s, over the Dataspace Protocol 2025-1.")
    _say(graph, own, DCTERMS.description, about, name=name)
    return own


def _add_publisher(graph: Graph, organisation: Organisation) -> URIRef:
    own = URIRef(f"{settings.ADDRESS}/dataspace/{organisation.slug}")
    graph.add((own, RDF.type, FOAF.Agent))
    graph.add((own, FOAF.name, text(organisation.name)))
    if organisation.website:
        graph.add((own, FOAF.homepage, iri(organisation.website)))
    return own


def _add_creator(graph: Graph, own: URIRef, dataset: Dataset, publisher: URIRef) -> URIRef:
    if not dataset.creator:
        return publisher
    creator = URIRef(f"{own}#creator")
    graph.add((creator, RDF.type, FOAF.Agent))
    graph.add((creator, FOAF.name, text(dataset.creator)))
    return creator


def _add_contact(graph: Graph, own: URIRef, name: str, email: str) -> URIRef:
    """Who can be asked: an address for letters, or else the site."""
    contact = URIRef(f"{own.partition('#')[0]}#contact")
    graph.add((contact, RDF.type, VCARD.Organization))
    graph.add((contact, VCARD.fn, text(name)))
    where = iri(f"mailto:{email}") if email else URIRef(settings.ADDRESS)
    graph.add((contact, VCARD.hasEmail if email else VCARD.hasURL, where))
    return contact


def _add_paging(graph: Graph, told: PageOfCatalogue) -> None:
    """Where the other pages are, in the words of today's Hydra and in those that CKAN reads."""
    page, pages = told.page, told.page.paginator
    own = URIRef(told.at(page.number))
    places = {
        (HYDRA.first, HYDRA.firstPage): 1,
        (HYDRA.last, HYDRA.lastPage): pages.num_pages,
        (HYDRA.previous, HYDRA.previousPage): page.number - 1,
        (HYDRA.next, HYDRA.nextPage): page.number + 1,
    }
    for kind in (HYDRA.PartialCollectionView, HYDRA.PagedCollection):
        graph.add((own, RDF.type, kind))
    graph.add((own, HYDRA.totalItems, Literal(pages.count)))
    graph.add((own, HYDRA.itemsPerPage, Literal(pages.per_page)))
    for names, number in places.items():
        if 1 <= number <= pages.num_pages:
            for name in names:
                graph.add((own, name, URIRef(told.at(number))))


def _say(graph: Graph, own: URIRef, name: URIRef, sentence: str, /, **facts: str) -> None:
    """A sentence of ours, in both languages."""
    for language in TEXT_LANGUAGES:
        with speaking(language):
            graph.add((own, name, text(say(sentence, **facts), language)))
