"""`katalysator search`: what a coalition has, by words and meaning."""

from typing import Any

import click

from katalysator.cli.exchange.showing import ToldAnswer, asking, limit, more_of, table
from katalysator.cli.exchange.site import ExchangeSite
from katalysator.core.language import say


@click.command()
@asking
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--kind",
    type=click.Choice(["need", "offer", "knowledge", "question", "organisation"]),
    help="Only these.",
)
@limit
def search(site: ExchangeSite, words: tuple[str, ...], kind: str | None, limit: int) -> ToldAnswer:
    """Find needs, offers, knowledge, questions and organisations of a running coalition by WORDS.

    KATALYSATOR_URL says where it is; with a token in KATALYSATOR_TOKEN you see what you may see.
    """
    found = site.ask("/search", q=" ".join(words), kind=kind, pageSize=limit)
    rows = [(each["kind"], _key(each), each["title"]["text"]) for each in found["items"]]
    headers = (say("Kind"), say("Number"), say("Title"))
    return found, [*table(headers, rows), *more_of(found)]


def _key(result: Any) -> object:
    """What the record is asked for by: its number, or its name in addresses."""
    record = (
        result["listing"] or result["knowledge"] or result["question"] or result["organisation"]
    )
    return record.get("id", record.get("slug", ""))
