"""What participants of the example ask each other in the data space: one request with its data, and one that waits."""

from collections.abc import Callable, Sequence
from typing import Any

from procrastinate.contrib.django import app

from katalysator.core.actors import EXAMPLE
from katalysator.core.jobs import OUTSIDE
from katalysator.core.language import say
from katalysator.dataspace.arrivals.verbs import fetch
from katalysator.dataspace.catalogues.verbs import ask, begin_transfer
from katalysator.dataspace.delivery.tokens import PULL
from katalysator.dataspace.models import Connector, DatasetOffer, Negotiation


def load_dealings(rows: Sequence[dict[str, Any]], work: Callable[[], None] | None = None) -> str:
    """Load who asks whom for which data; the rows are those of `dealings.toml`. Returns a line of report.

    What connectors say to each other is done by jobs: call it outside of a transaction, after the datasets are there.
    `work` does them; a worker of our own, where it is left out.
    """
    do = work or _work
    for row in rows:
        made = _asked(row)
        do()
        if row["is_delivered"]:
            made.refresh_from_db()
            transfer = begin_transfer(made.agreement, PULL, by=EXAMPLE)
            do()
            transfer.refresh_from_db()
            fetch(transfer, by=EXAMPLE)
            do()
    return say("Requests for data between participants: %(count)s.", count=len(rows))


def _asked(row: dict[str, Any]) -> Negotiation:
    own, holder = (
        Connector.objects.get(organisation__slug=row[name]) for name in ("asks", "holds")
    )
    offers = DatasetOffer.objects.select_related("dataset")
    offer = offers.get(dataset__connector=holder, dataset__title=row["title"])
    declared = {"purpose": row["purpose"], "derivedData": row["results"]}
    asked = {"@id": offer.key, **offer.terms}
    return ask(
        own, holder, offer.dataset.key, asked, declared, by=EXAMPLE, title=offer.dataset.title
    )


def _work() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(
            queues=[OUTSIDE], wait=False, install_signal_handlers=False, listen_notify=False
        )
