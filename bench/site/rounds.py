"""`python -m bench.site.rounds [--assert]`: a matching round of 5,000 needs and 5,000 offers, as its job computes it.

The listings stand in the database with thirty matches a need; every limit is in force, so that all of it is reckoned: two other ways,
and the round without each limit.
"""

import argparse
import os
import sys
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np

from bench.site.__main__ import in_folder
from katalysator.running.house import house

_MARKET: Final = "expertise"
_FITTING: Final = 30
_SECONDS: Final = 30.0
_BATCH: Final = 2_000
_SEED: Final = 1


def main() -> int:
    arguments = _arguments()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with in_folder(arguments.data) as folder:
        os.environ["KATALYSATOR_DATA"] = str(folder)
        with house(owned=True):
            _fill(arguments.needs)
            seconds = _compute()
    return int(arguments.asserting and seconds > _SECONDS)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.site.rounds", description=__doc__)
    parser.add_argument("--needs", type=int, default=5_000, help="as many offers")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="fill once, and keep it here")
    parser.add_argument(
        "--assert", dest="asserting", action="store_true", help="exit 1 if it takes too long"
    )
    return parser.parse_args()


def _fill(needs: int) -> None:
    """Needs and offers of as many organisations, and who fits whom."""
    from bench.site.filling import fill_organisations
    from katalysator.coalition.models import Organisation
    from katalysator.listings.models import Kind, Listing
    from katalysator.matches.models import Match

    if Listing.objects.exists():
        return
    fill_organisations(needs)
    owners = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    for kind in (Kind.NEED, Kind.OFFER):
        Listing.objects.bulk_create(
            [
                Listing(
                    organisation_id=owner, kind=kind, market=_MARKET, block="talent", language="nl", state="published",
                    title=f"Vraag of aanbod {number}", text="Wij zoeken elkaar.", areas=["zorg"], regions=["NL31"],
                )
                for number, owner in enumerate(owners)
            ],
            batch_size=_BATCH,
        )  # fmt: skip
    asked, given = (
        np.array(Listing.objects.filter(kind=kind).order_by("pk").values_list("pk", flat=True))
        for kind in (Kind.NEED, Kind.OFFER)
    )
    random = np.random.default_rng(_SEED)
    fame = random.pareto(1.5, needs) + 0.1
    liked = random.random(needs)
    for number in asked.tolist():
        chosen = random.choice(needs, _FITTING, replace=False, p=fame / fame.sum())
        scores = 0.2 + 0.5 * liked[chosen] + 0.3 * random.random(_FITTING)
        Match.objects.bulk_create(
            [
                Match(need_id=number, offer_id=offer, market=_MARKET, score=score, parts={})
                for offer, score in zip(given[chosen].tolist(), scores.tolist(), strict=True)
            ]
        )


def _compute() -> float:
    """Make a round with every limit, compute it, and tell how long it took."""
    from katalysator.coalition.models import Person
    from katalysator.rounds.matching import verbs
    from katalysator.rounds.matching.computing import compute
    from katalysator.rounds.matching.figures import RoundFigures
    from katalysator.rounds.matching.verbs import RoundSettings
    from katalysator.rounds.models import MatchingRound

    bureau, _new = Person.objects.get_or_create(
        email="bureau@voorbeeld.example", is_coordinator=True
    )
    settings = RoundSettings(
        name="Ronde", market=_MARKET, least=30, per_need=3, per_offer=3, per_organisation=4,
        within_capacity=False, kept_for="startup", kept=1,
    )  # fmt: skip
    begun = verbs.compute(verbs.make(settings, by=bureau), by=bureau)
    before = perf_counter()
    compute(begun, begun.run)
    seconds = perf_counter() - before
    found = MatchingRound.objects.get(pk=begun.pk)
    figures = RoundFigures.of(found.figures)
    if figures is None or found.state != "computed":
        sys.exit("the round was not computed")
    chosen = figures.outcomes["chosen"]
    print(
        f"{figures.needs:,} x {figures.offers:,}, {figures.pairs:,} pairs, {found.stages} stages: {seconds:.1f} s; "
        f"{chosen.pairs:,} introductions, gap {chosen.missing:.1e}"
    )
    for way, outcome in figures.outcomes.items():
        print(f"  {way:25} {outcome.pairs:7,} worth {outcome.value:9.1f}")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
