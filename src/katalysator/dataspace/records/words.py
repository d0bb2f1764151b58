"""The words that records are written and read in: vocabularies, and addresses in code lists of the European Union."""

import re
from typing import Final
from urllib.parse import quote

from rdflib import Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ODRL2, RDFS, XSD

from katalysator.dataspace.vocabularies import AUTHORITY

ADMS: Final = Namespace("http://www.w3.org/ns/adms#")
DCATAP: Final = Namespace("http://data.europa.eu/r5r/")
HYDRA: Final = Namespace("http://www.w3.org/ns/hydra/core#")
SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")

PREFIXES: Final = {
    "adms": ADMS,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dct": DCTERMS,
    "foaf": FOAF,
    "hydra": HYDRA,
    "odrl": ODRL2,
    "rdfs": RDFS,
    "spdx": SPDX,
    "vcard": VCARD,
    "xsd": XSD,
}

LANGUAGES: Final = {"nl": "NLD", "en": "ENG"}
"""Languages of texts as the list of languages (authority table) names them."""

VERSION: Final = URIRef(f"{DCAT}version")
"""Newer than the words of DCAT that rdflib knows."""
GDPR: Final = URIRef("http://data.europa.eu/eli/reg/2016/679/oj")
DATA_GOVERNANCE_ACT: Final = URIRef("http://data.europa.eu/eli/reg/2022/868/oj")
NUTS: Final = Namespace("http://data.europa.eu/nuts/code/")
MEDIA_TYPES: Final = Namespace("https://www.iana.org/assignments/media-types/")
OWN_CLAUSES: Final = URIRef("http://purl.org/adms/licencetype/OtherRestrictiveClauses")
SHA256: Final = SPDX.checksumAlgorithm_sha256

FILE_TYPES: Final = {
    "text/csv": "CSV",
    "application/json": "JSON",
    "application/geo+json": "GEOJSON",
    "application/ld+json": "JSON_LD",
    "application/xml": "XML",
    "text/xml": "XML",
    "text/plain": "TXT",
    "text/html": "HTML",
    "text/turtle": "RDF_TURTLE",
    "application/pdf": "PDF",
    "application/zip": "ZIP",
    "application/vnd.apache.parquet": "PARQUET",
    "application/vnd.ms-excel": "XLS",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
}
"""Kinds of files as the list of file types names them; one that is not here has a media type alone."""


def code(table: str, entry: str) -> URIRef:
    """The address of an entry in a code list."""
    return URIRef(f"{AUTHORITY}/{table}/{entry}")


def entry_of(table: str, address: str) -> str:
    """The entry that an address in a code list is of; empty for another address."""
    start = f"{AUTHORITY}/{table}/"
    return address.removeprefix(start) if address.startswith(start) else ""


def iri(address: str) -> URIRef:
    """An address as a graph may hold it: signs that none may have are written as numbers."""
    return URIRef(quote(address, safe="%:/?#[]@!$&'()*+,;=~-._"))


def text(said: str, language: str | None = None) -> Literal:
    """A text without the signs that no XML may have."""
    return Literal(_NOT_IN_XML.sub("", said), lang=language)


_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
