"""The knowledge of the example: written, reviewed and used through the same verbs that people use."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from katalysator.coalition.models import Organisation
from katalysator.core.actors import EXAMPLE
from katalysator.core.language import say
from katalysator.knowledge import verbs
from katalysator.knowledge.contents import KnowledgeContent
from katalysator.knowledge.files import verbs as files
from katalysator.knowledge.models import KnowledgeItem
from katalysator.knowledge.reviews import verbs as reviewing
from katalysator.knowledge.uses import verbs as using

_AS_SAID = ("kind", "language", "title", "stage", "licence")


def load_knowledge(rows: Sequence[dict[str, Any]]) -> str:
    """Load what participants share; `rows` are those of `knowledge.toml`. Returns a line of report."""
    known = {organisation.slug: organisation for organisation in Organisation.objects.all()}
    for row in rows:
        _load(row, known)
    return say("Knowledge of participants: %(count)s.", count=len(rows))


def _load(row: dict[str, Any], known: dict[str, Organisation]) -> None:
    state = row.get("state", "published")
    item = verbs.write(known[row["organisation"]], by=EXAMPLE, content=_content(row))
    for file in row.get("files", ()):
        files.attach(item, by=EXAMPLE, name=file["name"], data=file["text"].encode())
    if state == "draft":
        return
    item = verbs.move(item, "submit", by=EXAMPLE)
    reviewing.ask(item, [known[slug] for slug in row.get("asked", ())], by=EXAMPLE)
    for each in row["reviews"]:
        peer, verdict, remark = known[each["organisation"]], each["verdict"], each["remark"]
        reviewing.give(item, peer, by=EXAMPLE, verdict=verdict, remark=remark)
    if state == "review":
        return
    item = verbs.publish(item, by=EXAMPLE)
    for each in row["uses"]:
        using.use(item, known[each["organisation"]], by=EXAMPLE, what=each["what"])
    if state == "outdated":
        verbs.move(item, "outdate", by=EXAMPLE)
    _date(item, row["days"])


def _content(row: dict[str, Any]) -> KnowledgeContent:
    return KnowledgeContent(
        **{name: row[name] for name in _AS_SAID},
        text=row["text"].strip(),
        areas=tuple(row["areas"]),
        blocks=tuple(row["blocks"]),
        link=row.get("link", ""),
        visibility=row.get("visibility", "everyone"),
    )


def _date(item: KnowledgeItem, days: int) -> None:
    """As if it had been shared some days ago, and reviewed just before."""
    then = timezone.now() - timedelta(days=days)
    dates = {"published_at": then, "confirmed_at": then, "changed_at": then - timedelta(days=9)}
    KnowledgeItem.objects.filter(pk=item.pk).update(**dates)
    item.reviews.update(moved_at=then - timedelta(days=2))
