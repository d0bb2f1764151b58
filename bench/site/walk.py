"""`python -m bench.site.walk`: follow all links, as a stranger and as three who are logged in, and tell which kinds of pages take longest.

Of each kind (an address by its name, asked with the same filters) two are visited, each twice: anew, and once more. An error of ours ends it with 1.
"""

import argparse
import os
import re
import sys
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from typing import Final
from urllib.parse import parse_qsl, urljoin, urlsplit

from bench.site.__main__ import filled, in_folder, lived_in
from katalysator.running.house import house

_EACH: Final = 2
_STARTS: Final = ("/nl/", "/nl/account/", "/nl/bureau/", "/nl/search/?q=data", "/api/v1/")
_LINK: Final = re.compile(r'href="([^"#]+)|"(?:url|next)": ?"(/api/[^"]+)')
_LEFT: Final = re.compile(r"^/static/|/logout/|/export\.csv|/open-data/.")
"""What is no page: files, sheets of all that there is, and the way out."""
_OURS: Final = 500


@dataclass(frozen=True, slots=True)
class Walked:
    """A page that was visited: milliseconds anew and once more, and its status."""

    address: str
    anew: float
    again: float
    status: int


def main() -> int:
    arguments = _arguments()
    with in_folder(arguments.data) as folder:
        os.environ["KATALYSATOR_DATA"] = str(folder)
        with house(owned=True):
            filled(arguments.listings, 5_000, 500)
            lived_in(20_000, 10_000, 2_000)
            faults = [each for found in _walked() for each in _shown(*found, arguments.above)]
    for fault in faults:
        print(f"{fault.address}: status {fault.status}", file=sys.stderr)
    return int(bool(faults))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.site.walk", description=__doc__)
    parser.add_argument("--listings", type=int, default=10_000)
    parser.add_argument(
        "--above", type=float, default=150.0, metavar="MS", help="tell what takes longer"
    )
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="fill once, and keep it here")
    return parser.parse_args()


def _walked() -> Iterator[tuple[str, list[Walked]]]:
    from django.conf import settings

    from bench.site.life import session_of, who
    from bench.site.web import serving

    roles = dict(zip(("coordinator", "manager", "member"), map(session_of, who()), strict=True))
    with serving(2) as web:
        (connection,) = web.connect(1)
        for role in ("stranger", *reversed(roles)):
            cookie = f"{settings.SESSION_COOKIE_NAME}={roles[role]}" if role in roles else ""
            yield role, list(_walk(connection, {"Cookie": cookie} if cookie else {}))


def _walk(connection: HTTPConnection, headers: Mapping[str, str]) -> Iterator[Walked]:
    waiting, known, kinds = deque(_STARTS), set(_STARTS), Counter[tuple[str, ...]]()
    while waiting:
        address = waiting.popleft()
        kind = _kind(address)
        if kinds[kind] == _EACH:
            continue
        kinds[kind] += 1
        (anew, status, page), (again, *_) = (
            _visited(connection, address, headers) for _ in range(2)
        )
        yield Walked(address, anew, again, status)
        for found in _LINK.findall(page):
            link = urljoin(address, "".join(found).replace("&amp;", "&"))
            if link.startswith("/") and link not in known and not _LEFT.search(link):
                known.add(link)
                waiting.append(link)


def _kind(address: str) -> tuple[str, ...]:
    from django.urls import Resolver404, resolve
    from django.utils.translation import get_language_from_path, override

    parts = urlsplit(address)
    try:
        with override(get_language_from_path(parts.path)):
            name = resolve(parts.path).view_name
    except Resolver404:
        name = parts.path
    return name, *sorted({key for key, value in parse_qsl(parts.query)})


def _visited(
    connection: HTTPConnection, address: str, headers: Mapping[str, str]
) -> tuple[float, int, str]:
    begin = perf_counter()
    connection.request("GET", address, headers=dict(headers))
    answer = connection.getresponse()
    page = answer.read().decode(errors="replace")
    return 1_000 * (perf_counter() - begin), answer.status, page + _led(answer.headers["Location"])


def _led(place: str | None) -> str:
    return f'<a href="{place}">' if place else ""


def _shown(role: str, found: list[Walked], above: float) -> list[Walked]:
    """Print what took long; returns what was an error of ours."""
    slow = sorted((each for each in found if each.anew > above), key=lambda each: -each.anew)
    print(f"\n{role}: {len(found)} pages, {len(slow)} above {above:.0f} ms\n")
    print("| ms anew | once more | page |\n| ---: | ---: | --- |")
    for each in slow:
        print(f"| {each.anew:.0f} | {each.again:.0f} | `{each.address}` |", flush=True)
    return [each for each in found if each.status >= _OURS]


if __name__ == "__main__":
    sys.exit(main())
