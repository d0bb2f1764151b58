"""The pictures of docs/engine.md, from real runs: `python -m bench.engine.pictures`."""

from pathlib import Path
from typing import Any, Final

import altair as alt
import vl_convert as vlc

from bench.engine.congestion import PRICE, rankings, season
from bench.engine.market import Shape, market
from katalysator.engine.matching.allocation.passes import Solver
from katalysator.engine.matching.allocation.solver import highest

OUT: Final = Path("docs/engine")
STEPS: Final = [2.0**-power for power in range(1, 14)]  # of what a person usually has
INK, ACCENT, QUIET = "#1f2a44", "#b3261e", "#9aa3b5"
Rows = list[dict[str, Any]]
Drawn = Any  # charts, whose types are made at run time


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    write("certificate.svg", certificate())
    write("crowding.svg", crowding())


def certificate() -> Drawn:
    """Value and bound of one market, as the step of the bids shrinks: they close in on the truth."""
    made = market(Shape(20_000, 4_000))
    solver = Solver(made.edges, made.capacity, highest(made.edges, made.capacity), gap=1e-6)
    rows: Rows = []
    for part in STEPS:
        step = part * solver.ceiling / solver.people
        found = solver.round(solver.units.closed.copy(), step, patience=1).certificate
        rows += [
            {"step": step, "total": found.value, "line": "value: what the seats are worth"},
            {"step": step, "total": found.bound, "line": "bound: what none can exceed"},
        ]
    return (
        alt.Chart(alt.InlineData(values=rows))
        .mark_line(point=True, strokeWidth=2)
        .encode(
            alt.X("step:Q", title="step of a bid (score)").scale(type="log", reverse=True),
            alt.Y("total:Q", title="total score").scale(zero=False),
            alt.Color("line:N", title=None)
            .scale(range=[ACCENT, INK])
            .legend(orient="bottom", labelLimit=400),
        )
        .properties(width=560, height=240)
    )


def crowding() -> Drawn:
    """Accepted matches by what lists are ordered by."""
    crowd = market(Shape(), both=True)
    rows: Rows = [
        {"ranking": name, "matches": season(crowd, ranked, seed=1).matches, "ours": name == PRICE}
        for name, ranked in rankings(crowd).items()
    ]
    bars = alt.Chart(alt.InlineData(values=rows)).encode(
        alt.Y("ranking:N", title=None, sort="x"),
        alt.X("matches:Q", title="accepted matches of 100,000 people"),
    )
    colour = alt.when("datum.ours").then(alt.value(ACCENT)).otherwise(alt.value(QUIET))
    return (bars.mark_bar().encode(color=colour) + number(bars)).properties(width=460, height=180)


def number(bars: Drawn) -> Drawn:
    """The figure at the end of a bar."""
    return bars.mark_text(align="left", dx=4).encode(alt.Text("matches:Q", format=","))


def write(name: str, chart: Drawn) -> None:
    """As SVG, with the fonts of the reader."""
    drawn = chart.configure(font="sans-serif").configure_view(stroke=None)
    (OUT / name).write_text(vlc.vegalite_to_svg(drawn.to_dict()), encoding="utf-8")
    print(f"written to {OUT / name}")


if __name__ == "__main__":
    main()
