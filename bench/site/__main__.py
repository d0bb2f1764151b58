"""`python -m bench.site`: fill a large coalition, serve it as in production, and visit its pages."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final, TypeVar

from katalysator.running.house import house

if TYPE_CHECKING:
    from bench.site.visiting import Times
    from bench.site.web import Memory

T = TypeVar("T")

_PAGES: Final = 200
_MOST_MEMORY: Final = 200.0
_WORKERS: Final = (1, 2)
_CONNECTIONS: Final = 3


def main() -> int:
    arguments = _arguments()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with in_folder(arguments.data) as folder:
        os.environ["KATALYSATOR_DATA"] = str(folder)
        with house(owned=True):
            filled(arguments.listings, arguments.organisations, arguments.matched)
            lived_in(arguments.people, arguments.activities, arguments.papers)
            complaints = [each for workers in _WORKERS for each in _visit(workers, arguments)]
            if arguments.queries:
                _show_queries()
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return int(arguments.asserting and bool(complaints))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.site", description=__doc__)
    parser.add_argument("--listings", type=int, default=100_000)
    parser.add_argument("--organisations", type=int, default=5_000)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--activities", type=int, default=10_000)
    parser.add_argument(
        "--papers", type=int, default=2_000, help="items of knowledge, and questions"
    )
    parser.add_argument("--matched", type=int, default=2_000, help="needs matched by the engine")
    parser.add_argument("--pages", type=int, default=_PAGES, help="listings visited")
    parser.add_argument(
        "--only", default="", metavar="WORD", help="visit pages with this in the name"
    )
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="fill once, and keep it here")
    parser.add_argument("--queries", action="store_true", help="explain the heaviest queries")
    parser.add_argument(
        "--assert", dest="asserting", action="store_true", help="exit 1 if a goal is missed"
    )
    return parser.parse_args()


@contextmanager
def in_folder(kept: Path | None) -> Iterator[Path]:
    """The folder with the data, made where it is not there; for a while where none is to be kept."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="katalysator-bench-") as folder:
        yield Path(folder)


def filled(listings: int, organisations: int, matched: int) -> None:
    """Fill the database with a large coalition, unless it is."""
    from django.core.management import call_command

    from bench.site import filling, matching
    from katalysator.listings.market import markets
    from katalysator.listings.models import Listing
    from katalysator.matches.entries import renew_standing
    from katalysator.readings.texts import renew_lexicon

    call_command("collectstatic", verbosity=0, interactive=False)
    if not Listing.objects.exists():
        texts = _timed("texts read", filling.read_texts)
        _timed("organisations", lambda: filling.fill_organisations(organisations))
        _timed("listings", lambda: filling.fill_listings(listings, texts))
        _timed("found by", filling.fill_found)
        _timed("events", filling.fill_events)
        _timed("lexicon", renew_lexicon)
        _timed("what is usual", lambda: sum(renew_standing(each.slug) for each in markets()))
        _timed("statistics", filling.analyse)
        _timed("matches", lambda: matching.fill_matches(matched))
        _timed("statistics", filling.analyse)
    print(f"database: {filling.size() / 1e6:,.0f} MB\n")


def lived_in(people: int, activities: int, papers: int) -> None:
    """Let people speak for the participants, meet, share and ask, unless they do."""
    from bench.site import filling, life
    from katalysator.coalition.models import Person

    if not Person.objects.exists():
        _timed("people", lambda: life.fill_people(people))
        _timed("activities", lambda: life.fill_activities(activities))
        _timed("papers", lambda: life.fill_papers(papers))
        _timed("groups", lambda: life.fill_groups(100))
        _timed("statistics", filling.analyse)


def _timed(name: str, do: Callable[[], T]) -> T:
    begin = perf_counter()
    done = do()
    count = f"{done:,}" if isinstance(done, int) else ""
    print(f"  {name:15} {count:>10} {perf_counter() - begin:7.1f} s", flush=True)
    return done


def _visit(workers: int, arguments: argparse.Namespace) -> list[str]:
    """Measure all pages; returns a sentence for each goal that is missed."""
    from bench.site.visiting import measure, visits
    from bench.site.web import serving

    with serving(workers) as web:
        connections = web.connect(_CONNECTIONS * workers)
        chosen = [each for each in visits(arguments.pages) if arguments.only in each.name]
        found = [measure(connections, visit) for visit in chosen]
        memory = web.memory()
    _show(workers, found, memory)
    late = [
        f"{each.name}: p95 {each.most:.0f} ms, the goal is {each.goal:.0f} ms"
        for each in found
        if not each.is_met
    ]
    return late + [
        f"a worker holds {each.proportional:.0f} MB, the goal is {_MOST_MEMORY:.0f} MB"
        for each in memory
        if each.proportional >= _MOST_MEMORY
    ]


def _show(workers: int, found: "Sequence[Times]", memory: "Sequence[Memory]") -> None:
    print(f"| {workers} web process(es) | visits | things | p50 ms | p95 ms | max ms | goal |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for each in found:
        goal = f"{each.goal:.0f}" if each.goal else ""
        figures = f"{each.median:.0f} | {each.most:.0f} | {each.longest:.0f} | {goal}"
        print(f"| {each.name} | {each.visits} | {each.things:.1f} | {figures} |")
    for worker in memory:
        held = f"{worker.resident:.0f} MB, its share {worker.proportional:.0f} MB"
        print(f"\nmemory of a worker: {held}")
    print(f"load of the machine: {os.getloadavg()[0]:.1f}\n", flush=True)


def _show_queries() -> None:
    from bench.site.plans import heaviest

    for text in heaviest():
        print(text, end="\n\n")


if __name__ == "__main__":
    sys.exit(main())
