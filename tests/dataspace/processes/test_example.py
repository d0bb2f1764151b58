"""The dealings of the example, between the connectors that it opens."""

import pytest

from katalysator.dataspace.models import ArrivedData, Negotiation
from katalysator.site.demo.dealings import load_dealings
from katalysator.site.demo.loading import records
from tests.dataspace.world import all_done, connector, dataset, with_file

pytestmark = pytest.mark.django_db


def test_one_request_goes_all_the_way_and_one_waits_for_a_decision() -> None:
    rows = records("dealing", "dealings.toml")
    slugs = {row[side] for row in rows for side in ("asks", "holds")}
    own = {slug: connector(slug=slug, name=slug) for slug in slugs}
    for number, row in enumerate(rows):
        made = dataset(own[row["holds"]], f"urn:example:{number}", title=row["title"])
        made.offers.update(is_automatic=row["is_delivered"])
        with_file(made, b"a;b\n1;2\n")
    assert "2" in load_dealings(rows, all_done)
    assert ArrivedData.objects.get().state == "done"
    [waits] = Negotiation.objects.waiting()
    assert (waits.role, waits.connector) == ("provider", own[rows[1]["holds"]])
