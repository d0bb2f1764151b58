"""A feed is read by a process of its own: what it says of datasets, and what of hostile ones becomes of nothing."""

from pathlib import Path
from typing import Any

import pytest

from katalysator.dataspace.harvest import reading
from katalysator.dataspace.harvest.reading import ReadPage, read_page
from katalysator.faults import InvalidInput

WHERE = "https://voorbeeld.example/catalog.ttl"
TURTLE = b"""
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix hydra: <http://www.w3.org/ns/hydra/core#> .
<#all> a dcat:Catalog ; dcat:dataset <https://voorbeeld.example/1> .
<https://voorbeeld.example/1> a dcat:Dataset ; dct:title "Traffic"@en, "Verkeer"@nl, "Verkehr"@de ;
  dct:description "Tellingen" ; dcat:keyword "b", "a" ; dct:publisher [ foaf:name "Voorbeeldstad" ] ;
  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/TRAN> ;
  dcat:landingPage <https://voorbeeld.example/verkeer> ;
  dcat:distribution [ dct:license <https://creativecommons.org/publicdomain/zero/1.0/> ] .
<?page=1> a hydra:PartialCollectionView ; hydra:next <https://voorbeeld.example/catalog.ttl?page=2> .
"""
XML = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">
  <dcat:Dataset rdf:about="urn:x"><dct:title>X</dct:title></dcat:Dataset></rdf:RDF>"""
JSON = b"""{"@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
  "@graph": [{"@id": "urn:x", "@type": "dcat:Dataset", "dct:title": "X"}]}"""
_BOMB = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r>&b;</r>'
_FILE = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>
  <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&f;</rdf:RDF>"""
HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "feed-no-datasets"),
    "noise": (bytes(range(256)) * 20, "feed-no-rdf"),
    "a page": (b"<!DOCTYPE html><html><body>Hello<br></body></html>", "feed-no-rdf"),
    "half of it": (TURTLE[:-40], "feed-no-rdf"),
    "half of JSON": (JSON[:-9], "feed-no-rdf"),
    "entities": (_BOMB, "feed-entities"),
    "a file": (_FILE, "feed-entities"),
    "a file in other letters": (_FILE.decode().replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16"), "feed-entities"),
    "a context from elsewhere": (b'{"@context": "https://127.0.0.1/x.jsonld", "@id": "urn:a"}', "feed-remote-context"),
    "a context of a file": (b'{"@context": ["file:///etc/passwd"], "@id": "urn:a"}', "feed-remote-context"),
    "a context within": (b'{"@context": {"a": {"@id": "urn:a", "@context": "http://x/"}}}', "feed-remote-context"),
    "a context that imports": (b'{"@context": {"@version": 1.1, "@import": "http://x/"}}', "feed-remote-context"),
    "deep JSON": (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "feed-too-deep"),
    "less deep JSON": (b'{"@graph":' * 200 + b"1" + b"}" * 200, "feed-too-deep"),
    "deep Turtle": (b"<urn:a> <urn:b> " + b"[ <urn:b> " * 5_000 + b"1" + b"]" * 5_000 + b".", "feed-too-deep"),
    "not a catalogue": (b"<urn:a> a <urn:b> .", "feed-no-datasets"),
    "a number without end": (b"<urn:a> <urn:b> " + b"9" * 1_000_000 + b" .", "feed-no-rdf"),
}  # fmt: skip


def test_a_feed_says_what_it_has_and_where_it_goes_on() -> None:
    page = read_page(TURTLE, WHERE)

    (told,) = page.datasets
    assert told == {
        "key": "https://voorbeeld.example/1", "title": "Verkeer", "language": "nl", "text": "Tellingen",
        "publisher": "Voorbeeldstad", "theme": "TRAN", "keywords": ["a", "b"],
        "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
        "lives_at": "https://voorbeeld.example/1",
    }  # fmt: skip
    assert page.next_page == "https://voorbeeld.example/catalog.ttl?page=2"


@pytest.mark.parametrize("content", [XML, JSON, b"\xef\xbb\xbf" + XML, b"[" + JSON + b"]"])
def test_other_formats_are_known_by_what_they_begin_with(content: bytes) -> None:
    (told,) = read_page(content, WHERE).datasets

    assert (told["key"], told["title"]) == ("urn:x", "X")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_feed_is_refused_with_its_reason(name: str) -> None:
    content, code = HOSTILE[name]

    with pytest.raises(InvalidInput) as fault:
        read_page(content, WHERE)

    assert fault.value.code == code


def test_a_feed_that_takes_too_much_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_WAITED", 0.01)

    with pytest.raises(InvalidInput) as fault:
        read_page(TURTLE, WHERE)

    assert fault.value.code == "feed-too-heavy"


def test_the_process_that_reads_opens_no_file_and_no_line(tmp_path: Path) -> None:
    code = """
import socket
from katalysator.dataspace.harvest import reading
reading._know_formats()
reading._speak_to_nobody()
for refused in (lambda: open("/etc/passwd"), lambda: socket.create_connection(("127.0.0.1", 1))):
    try:
        refused()
    except PermissionError:
        print("no")
"""
    assert _run(code) == "no\nno\n"


def _run(code: str) -> str:
    import subprocess
    import sys

    done: Any = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True
    )
    return str(done.stdout)


def test_a_feed_without_datasets_is_a_catalogue_still() -> None:
    empty = b"<urn:a> a <http://www.w3.org/ns/dcat#Catalog> ."

    assert read_page(empty, WHERE) == ReadPage([], "")
