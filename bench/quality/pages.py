"""Figures are written into the page that tells of them, between two marks."""

from pathlib import Path


def written(page: Path, mark: str, figures: str) -> None:
    """Put figures in the place of what stood between the marks; stops where there are none."""
    begins, ends = f"<!-- begin:{mark} -->", f"<!-- end:{mark} -->"
    text = page.read_text("utf-8")
    before, begin, rest = text.partition(begins)
    _, end, after = rest.partition(ends)
    if not begin or not end:
        raise SystemExit(f"{page}: put {begins} and {ends} where the figures go")
    page.write_text(f"{before}{begin}\n{figures}\n{end}{after}", "utf-8")
