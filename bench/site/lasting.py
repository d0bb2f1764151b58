"""`python -m bench.site.lasting`: what web processes hold while many readers ask for all kinds of pages, minute after minute."""

import argparse
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from bench.site.readers import asked, house_with, warmed

if TYPE_CHECKING:
    from bench.site.web import Web

_MOST: Final = 200.0
_MINUTE: Final = 60
_WARM: Final = 3  # seconds


def main() -> int:
    arguments = _arguments()
    with house_with(arguments.listings, arguments.data):
        from bench.site.reading import Writer, visits_by_kind
        from bench.site.web import serving

        kinds = visits_by_kind()
        every = [visit for visits in kinds.values() for visit in visits]
        with serving(arguments.workers) as web:
            warmed(web, kinds, arguments.readers, _WARM)
            with asked(web, every, arguments.readers, arguments.minutes * _MINUTE), Writer():
                held = _held(web, arguments.minutes)
    print(f"the most that a process held: {max(held):.0f} MB; the goal is {_MOST:.0f} MB")
    return int(arguments.asserting and max(held) > _MOST)


def _held(web: "Web", minutes: int) -> list[float]:
    """What each process holds after each minute, its share of what several hold."""
    held, begin = list[float](), monotonic()
    for minute in range(1, minutes + 1):
        sleep(max(0.0, begin + minute * _MINUTE - 1 - monotonic()))
        now = sorted(each.proportional for each in web.memory())
        held += now
        print(f"minute {minute:2}: {', '.join(f'{each:.0f}' for each in now)} MB", flush=True)
    return held


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.site.lasting", description=__doc__)
    parser.add_argument("--listings", type=int, default=1_000)
    parser.add_argument("--workers", type=int, default=2, help="web processes")
    parser.add_argument("--readers", type=int, default=50, help="at once")
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="fill once, and keep it here")
    parser.add_argument(
        "--assert", dest="asserting", action="store_true", help="exit 1 if the goal is missed"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
