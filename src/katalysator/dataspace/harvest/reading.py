"""A page of a feed in DCAT, read by a process of its own that may use little: what a hostile feed does ends with that process.

The process knows nothing of the site, and speaks to nobody: it opens no file and no line once it has begun to read. So no
context of JSON-LD, no entity of XML and no schema is ever fetched.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from katalysator.faults import InvalidInput, gettext_noop as _

MOST: Final = 8 << 20
"""Bytes of a page."""
MOST_DATASETS: Final = 5_000
"""Of one page."""
_SECONDS: Final = 60  # of the processor
_WAITED: Final = 180  # seconds by the clock, where the machine is busy with other work
_MEMORY: Final = 1_500_000_000  # bytes
_LONGEST: Final = 5_000  # letters of a text
_DEEPEST: Final = 60
_SAMPLES: Final = {
    "turtle": b"<urn:a> a <urn:b> .",
    "xml": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    "json-ld": b'{"@id": "urn:a", "@type": "urn:b"}',
}
_SAID: Final = {
    "entities": _("This feed defines signs of its own (entities): such a file is not read."),
    "remote-context": _(
        "This feed wants a context of JSON-LD from elsewhere: it must have it in itself."
    ),
    "too-deep": _("The parts of this feed stand too deep within each other."),
    "no-rdf": _("This is no feed in Turtle, RDF/XML or JSON-LD, or it is broken."),
    "no-datasets": _(
        "There is no catalogue (dcat:Catalog) and no dataset (dcat:Dataset) in this feed."
    ),
    "too-many": _("There are too many datasets on one page of this feed."),
    "too-heavy": _("This feed takes too much time or memory to read."),
}


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What stands on a page of a feed, and where the next one is; empty for none."""

    datasets: list[dict[str, Any]]
    next_page: str


def read_page(content: bytes, address: str) -> ReadPage:
    """What a page of a feed says, which was found at an address. Raises InvalidInput with what is wrong with it.

    Cost: some tenths of a second of the processor for a hundred datasets, and a minute at most.
    """
    command = [sys.executable, "-W", "ignore", "-m", __name__, address]
    known = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            command, check=False, input=content, capture_output=True, timeout=_WAITED, env=known
        )
        told = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        told = {"problem": "too-heavy"}
    if problem := told.get("problem"):
        raise InvalidInput(f"feed-{problem}", _SAID[problem])
    return ReadPage(told["datasets"], told["next_page"])


class _Unreadable(Exception):  # noqa: N818
    """What is wrong, in a word."""


def main() -> None:
    """Read the page that comes in, and write what it says."""
    content, address = sys.stdin.buffer.read(), sys.argv[1]
    _use_little()
    _know_formats()
    _speak_to_nobody()
    try:
        told = _read(content, address)
    except _Unreadable as fault:
        told = {"problem": str(fault)}
    except RecursionError:
        told = {"problem": "too-deep"}
    except MemoryError:
        told = {"problem": "too-heavy"}
    except Exception:  # noqa: BLE001 — nobody can say what a hostile file makes a reader raise
        told = {"problem": "no-rdf"}
    sys.stdout.write(json.dumps(told))


def _use_little() -> None:
    import resource

    for what, most in (
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _know_formats() -> None:
    """Load all that reading takes, for later nothing can be loaded."""
    import rdflib

    rdflib.NORMALIZE_LITERALS = False  # texts are wanted as they are written
    for name, sample in _SAMPLES.items():
        rdflib.Graph().parse(data=sample, format=name)
    from katalysator.dataspace.harvest import feed

    list(feed.datasets_of(rdflib.Graph()))


def _speak_to_nobody() -> None:
    def refuse(event: str, _arguments: tuple[Any, ...]) -> None:
        if event == "open" or event.startswith(("socket.", "urllib.", "subprocess.", "os.")):
            raise PermissionError(event)

    sys.addaudithook(refuse)


def _read(content: bytes, address: str) -> dict[str, Any]:
    import rdflib

    from katalysator.dataspace.harvest import feed

    graph = rdflib.Graph()
    graph.parse(data=content, format=_format(content), publicID=address)
    found = list(_some(feed.datasets_of(graph)))
    if not found and not feed.is_catalogue(graph):
        raise _Unreadable("no-datasets")
    return {"datasets": found, "next_page": feed.next_page_of(graph)}


def _some(datasets: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, each in enumerate(datasets):
        if number >= MOST_DATASETS:
            raise _Unreadable("too-many")
        yield {
            name: said[:_LONGEST] if isinstance(said, str) else said for name, said in each.items()
        }


def _format(content: bytes) -> str:
    """Which format it is, by what it begins with: what a server says of its files is often wrong."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1_000]
    if start.startswith(
        (b"<?xml", b"<!DOCTYPE", b"<rdf:", b"<RDF", b"<!--", b"\xff\xfe", b"\xfe\xff")
    ):
        if b"<!ENTITY" in content or b"E\x00N\x00T\x00I\x00T\x00Y" in content:
            raise _Unreadable("entities")
        return "xml"
    if start[:1] in (b"{", b"["):
        try:
            told = json.loads(content)
        except ValueError:
            if start[:1] == b"{":
                raise _Unreadable("no-rdf") from None
            return "turtle"  # which may begin with […] too
        _require_own_contexts(told)
        return "json-ld"
    return "turtle"


def _require_own_contexts(told: Any) -> None:
    """Refuse JSON-LD that needs something from elsewhere, or is too deep."""
    layer, depth = [told], 0
    while layer:
        depth += 1
        if depth > _DEEPEST:
            raise _Unreadable("too-deep")
        below: list[Any] = []
        for each in layer:
            if isinstance(each, dict):
                _require_own(each.get("@context"))
                if "@import" in each:
                    raise _Unreadable("remote-context")
                below.extend(each.values())
            elif isinstance(each, list):
                below.extend(each)
        layer = below


def _require_own(context: Any) -> None:
    several = context if isinstance(context, list) else [context]
    if any(isinstance(each, str) for each in several):
        raise _Unreadable("remote-context")


if __name__ == "__main__":
    main()
