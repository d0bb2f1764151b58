"""What the example shares in the data space: connectors opened, datasets described, given and published by the verbs that people use."""

import json
from collections.abc import Sequence
from typing import Any, Final

from katalysator.coalition.models import Organisation
from katalysator.core.actors import EXAMPLE
from katalysator.core.language import say
from katalysator.dataspace.canvas.verbs import make_offer
from katalysator.dataspace.connectors.verbs import open_connector
from katalysator.dataspace.datasets import verbs
from katalysator.dataspace.datasets.records import SAID, DatasetRecord
from katalysator.dataspace.models import Connector, Dataset

_LISTS: Final = ("keywords", "areas")


def load_datasets(connectors: Sequence[dict[str, Any]], datasets: Sequence[dict[str, Any]]) -> str:
    """Load what participants share; the rows are those of `datasets.toml`. Returns a line of report."""
    known = {organisation.slug: organisation for organisation in Organisation.objects.all()}
    opened = {
        row["organisation"]: open_connector(known[row["organisation"]], by=EXAMPLE)
        for row in connectors
    }
    for row in datasets:
        _load(row, opened[row["organisation"]])
    return say("Datasets that participants share: %(count)s.", count=len(datasets))


def _load(row: dict[str, Any], own: Connector) -> None:
    made = verbs.save_dataset(own, _record(row, own), by=EXAMPLE)
    if content := row.get("content"):
        data, notes = content.lstrip().encode(), row["notes"]
        verbs.give_file(made, row["file"], data, by=EXAMPLE, notes=notes)
    _offer(made, row)
    if row.get("state") != "draft":
        verbs.publish(made, by=EXAMPLE)


def _record(row: dict[str, Any], own: Connector) -> DatasetRecord:
    said = {name: row[name] for name in SAID if name in row}
    said |= {name: tuple(row[name]) for name in _LISTS}
    said |= {"text": row["text"].strip(), "contact_email": own.organisation.contact}
    return DatasetRecord(**said)


def _offer(made: Dataset, row: dict[str, Any]) -> None:
    make_offer(made, json.loads(row["terms"]), row["is_automatic"], by=EXAMPLE)
