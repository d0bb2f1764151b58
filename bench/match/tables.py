"""Two tables for `katalysator match`, with all columns filled as people fill them."""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from bench.phrases import Kind, Said, detail, say

_SEED: Final = 20_260_102
_DAY: Final = date(2026, 1, 1)
_MARKETS: Final = ("expertise", "pilot", "internship", "data", "capital")
_LEVELS: Final = ("mbo", "hbo", "bachelor", "master")
_PROVINCES: Final = ("NL11", "NL12", "NL13", "NL21", "NL22", "NL23", "NL31", "NL32", "NL33", "NL34")
_OWNERS: Final = 1_500

Row = Mapping[str, object]


def write(folder: Path, count: int) -> tuple[Path, Path]:
    """Write `count` needs and as many offers; returns the two files."""
    random = np.random.default_rng(_SEED)
    return _write(random, folder, "need", count), _write(random, folder, "offer", count)


def _write(random: np.random.Generator, folder: Path, kind: Kind, count: int) -> Path:
    path = folder / f"{kind}s.csv"
    rows = [_row(random, kind, number) for number in range(count)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _row(random: np.random.Generator, kind: Kind, number: int) -> Row:
    said = say(random, kind)
    market = _MARKETS[random.integers(len(_MARKETS))]
    chance = random.random(4)
    row = {
        "id": f"{kind[0]}{number:06}",
        "market": market,
        "title": said.title,
        "text": f"{said.text} {detail(random, said.language)}",
        "organisation": f"Voorbeeld {random.integers(_OWNERS)}",
        "skills": ";".join(said.skills),
        "language": said.language,
        "level": _LEVELS[random.integers(4)] if market == "internship" else "",
        "capacity": int(random.integers(1, 4)),
        **_where(random, said),
        **(_period(random) if chance[0] < 0.6 else {"period_start": "", "period_end": ""}),
        **_ticket(random, stated=market == "capital"),
    }
    if kind == "offer":
        return row
    insists = {
        "region_required": "yes" if chance[1] < 0.15 else "",
        "areas_required": "yes" if chance[2] < 0.15 else "",
        "min_capacity": 2 if chance[3] < 0.1 else "",
    }
    return {**row, **insists}


def _where(random: np.random.Generator, said: Said) -> Row:
    anywhere = random.random() < 0.25
    province = _PROVINCES[random.integers(len(_PROVINCES))]
    return {"areas": said.area, "region": "NL" if anywhere else province}


def _period(random: np.random.Generator) -> Row:
    start = _DAY + timedelta(days=int(random.integers(300)))
    end = start + timedelta(days=int(random.integers(60, 400)))
    return {"period_start": start.isoformat(), "period_end": end.isoformat()}


def _ticket(random: np.random.Generator, *, stated: bool) -> Row:
    if not stated:
        return {"ticket_min": "", "ticket_max": ""}
    low = 10_000 * int(random.integers(1, 40))
    return {"ticket_min": low, "ticket_max": low * int(random.integers(2, 6))}
