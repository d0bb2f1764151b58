"""`python -m bench.site.readers`: many readers at once, half of them logged in, while somebody writes every second.

wrk asks; database, web server and wrk share the machine. Afterwards every page is asked for once more,
still under load, and compared with what is rendered for that reader with nothing kept.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from bench.engine.measuring import alone
from katalysator.running.house import house

if TYPE_CHECKING:
    from bench.site.reading import Visit
    from bench.site.web import Web

_SCRIPT: Final = Path(__file__).with_suffix(".lua")
_DOCS: Final = Path(__file__).parents[2] / "docs" / "speed.md"
_BEGIN, _END = "<!-- readers -->\n", "<!-- /readers -->\n"
_LEAST, _SLOWEST = 150.0, 400.0
_HEAD: Final = (
    "| listings | web processes | pages | a second | p50 ms | p95 ms | slowest ms | MB a process |\n"
    "| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |\n"
)


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk found: pages a second, and milliseconds."""

    listings: int
    workers: int
    pages: str
    rate: float
    median: float
    most: float
    slowest: float
    failed: int
    memory: float

    @property
    def row(self) -> str:
        """A row of the table."""
        times = f"{self.median:.0f} | {self.most:.0f} | {self.slowest:.0f}"
        who = f"{self.listings:,} | {self.workers} | {self.pages}"
        return f"| {who} | {self.rate:.0f} | {times} | {self.memory:.0f} |\n"

    @property
    def complaints(self) -> Iterator[str]:
        """A sentence for each goal that is missed."""
        name = f"{self.pages}, {self.listings:,} listings, {self.workers} processes"
        if self.failed:
            yield f"{name}: {self.failed} answers failed"
        if self.rate < _LEAST:
            yield f"{name}: {self.rate:.0f} pages a second, the goal is {_LEAST:.0f}"
        if self.most > _SLOWEST:
            yield f"{name}: p95 {self.most:.0f} ms, the goal is {_SLOWEST:.0f} ms"


def main() -> int:
    arguments = _arguments()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed here: on Debian, `apt install wrk`.")
    rows, complaints = list[str](), list[str]()
    for listings in arguments.listings:
        some, wrong = alone(_in_house, listings, arguments)
        rows, complaints = rows + some, complaints + wrong
    print(_HEAD + "".join(rows))
    if arguments.write:
        _write(rows)
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return int(arguments.asserting and bool(complaints))


def _in_house(listings: int, arguments: argparse.Namespace) -> tuple[list[str], list[str]]:
    """Rows and complaints of one house, in a process of its own: a process knows the secret key of one."""
    rows, complaints = list[str](), list[str]()
    with house_with(listings, arguments.data):
        for workers in arguments.workers:
            found, wrong = _measured(listings, workers, arguments)
            rows += [each.row for each in found]
            complaints += [line for each in found for line in each.complaints] + wrong
    return rows, complaints


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.site.readers", description=__doc__)
    parser.add_argument("--listings", type=int, nargs="+", default=[1_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[2], help="web processes")
    parser.add_argument("--readers", type=int, default=50, help="at once")
    parser.add_argument("--seconds", type=int, default=15, help="for each kind of page")
    parser.add_argument("--warm", type=int, default=30, help="seconds before, for each kind")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="fill once, and keep it here")
    parser.add_argument("--write", action="store_true", help="put the table in docs/speed.md")
    parser.add_argument(
        "--assert", dest="asserting", action="store_true", help="exit 1 if a goal is missed"
    )
    return parser.parse_args()


@contextmanager
def house_with(listings: int, kept: Path | None) -> Iterator[None]:
    """A house with so many listings, in a folder of its own."""
    from bench.site.__main__ import filled, in_folder

    with in_folder(kept and kept / str(listings)) as folder:
        os.environ["KATALYSATOR_DATA"] = str(folder)
        os.environ.pop("DATABASE_URL", None)
        with house(owned=True):
            filled(listings=listings, organisations=max(60, listings // 50), matched=listings // 2)
            yield


def _measured(
    listings: int, workers: int, arguments: argparse.Namespace
) -> tuple[list[Load], list[str]]:
    from bench.site.reading import Writer, visits_by_kind
    from bench.site.web import serving

    found: list[Load] = []
    kinds = visits_by_kind()
    with serving(workers) as web:
        warmed(web, kinds, arguments.readers, arguments.warm)
        for name, visits in kinds.items():
            with asked(web, visits, arguments.readers, arguments.seconds) as asking, Writer():
                said = asking.communicate()[0]
            found.append(_load(listings, workers, name, said, web))
            print(found[-1].row, end="", flush=True)
        every = [visit for visits in kinds.values() for visit in visits]
        with asked(web, every, arguments.readers, arguments.seconds), Writer() as writer:
            wrong = _compared(web, every, writer, arguments.seconds)
    return found, wrong


def warmed(web: "Web", kinds: "Mapping[str, Sequence[Visit]]", readers: int, seconds: int) -> None:
    """Ask all kinds for a while, so that every process has loaded what it needs, and shown most pages once."""
    for visits in kinds.values():
        with asked(web, visits, readers, seconds) as asking:
            asking.communicate()


@contextmanager
def asked(
    web: "Web", visits: "Sequence[Visit]", readers: int, seconds: int
) -> "Iterator[subprocess.Popen[str]]":
    """Wrk at work, with a file of what to ask for."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.writelines(f"{visit.address}\t{visit.cookie}\n" for visit in visits)
        file.flush()
        command = [
            *("wrk", "--threads", "1", "--connections", str(readers)),
            *("--duration", f"{seconds}s", "--timeout", "30s"),
            *("--script", str(_SCRIPT), f"http://127.0.0.1:{web.port}/"),
        ]
        environment = {**os.environ, "READERS": file.name}
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, text=True
        ) as running:
            yield running
            running.wait()


def _load(listings: int, workers: int, name: str, said: str, web: "Web") -> Load:
    line = next(line for line in said.splitlines() if line.startswith("FOUND"))
    requests, micros, failed, median, most, slowest = map(float, line.split()[1:])
    memory = max(each.proportional for each in web.memory())
    rate = requests / micros * 1e6
    return Load(listings, workers, name, rate, median, most, slowest, int(failed), memory)


def _compared(web: "Web", visits: "Sequence[Visit]", writer: "object", seconds: int) -> list[str]:
    """Compare as many pages as there is time for; a sentence for each that is not as it should be."""
    from bench.site.reading import Writer, difference

    assert isinstance(writer, Writer)
    end, wrong, count = monotonic() + seconds, [], 0
    for visit in visits:
        if monotonic() > end:
            break
        with writer.paused:
            wrong += difference(web, visit)
        count += 1
    print(f"{count:,} pages compared with what is rendered anew, {len(wrong)} differ")
    return wrong


def _write(rows: Sequence[str]) -> None:
    text = _DOCS.read_text("utf-8")
    before, rest = text.split(_BEGIN)
    after = rest.split(_END)[1]
    _DOCS.write_text(f"{before}{_BEGIN}{_HEAD}{''.join(rows)}{_END}{after}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
