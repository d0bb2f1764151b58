"""What an item of knowledge says: checked as a whole, put into the row, and told to the audit trail."""

from dataclasses import dataclass, fields
from typing import Any, Final

from django.utils import timezone

from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.blocks import Block
from katalysator.coalition.organisations.facts import known_areas
from katalysator.core.identifiers import parse_work
from katalysator.core.lengths import require_short
from katalysator.core.rows import require_sound
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.knowledge.models import KnowledgeItem
from katalysator.knowledge.workflow import KNOWLEDGE

_AS_CHOSEN: Final = ("kind", "language", "stage", "licence", "visibility")
_TOLD: Final = (*_AS_CHOSEN, "title", "text", "areas", "blocks", "link", "identifier")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeContent:
    """All that an item says. A draft needs a title only.

    `text` is Markdown. `names_author` says whether who wrote it is named; None leaves that as it is.
    """

    kind: str
    language: str
    title: str
    text: str = ""
    areas: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    stage: str = ""
    link: str = ""
    licence: str = ""
    identifier: str = ""
    visibility: str = "everyone"
    names_author: bool | None = None


def content_of(item: KnowledgeItem, **said: Any) -> KnowledgeContent:
    """All that an item says, but for what is said otherwise."""
    names = [part.name for part in fields(KnowledgeContent) if part.name != "names_author"]
    kept = {name: getattr(item, name) for name in names}
    kept |= {name: tuple(kept[name]) for name in ("areas", "blocks")}
    kept["identifier"] = item.identifier.removeprefix("doi:")
    return KnowledgeContent(**(kept | said))


def fill(item: KnowledgeItem, content: KnowledgeContent) -> None:
    """Put the content into the row, checked as a whole. Raises InvalidInput at the name of a part. Cost: two queries."""
    known_areas(content.areas)
    put(item, content)
    require_sound(item)


def put(item: KnowledgeItem, content: KnowledgeContent) -> None:
    """Put content into a row of which the areas are known to be there. Raises InvalidInput at the name of a part."""
    for name in _AS_CHOSEN:
        setattr(item, name, getattr(content, name))
    item.title, item.text = plain_line(content.title), without_markup(content.text)
    require_short(item.text, KnowledgeItem, "text")
    item.link, item.identifier = plain_line(content.link), _identifier(content.identifier)
    item.areas = list(dict.fromkeys(content.areas))
    item.blocks = [block.value for block in Block if block in content.blocks]
    _require_blocks(content)
    item.changed_at = timezone.now()
    if item.state != KNOWLEDGE.initial:
        require_finished(item)


def stated(item: KnowledgeItem) -> dict[str, Any]:
    """What an item says, by the names of its content; whether its author is named stays."""
    said = {name: getattr(item, name) for name in _TOLD}
    return said | {name: tuple(said[name]) for name in ("areas", "blocks")}


def require_finished(item: KnowledgeItem) -> None:
    """Refuse what others would see before it says anything. Raises InvalidInput."""
    if not item.text:
        raise InvalidInput(
            "unfinished",
            _("Before others can see this, say what it is."),
            hint=_("A few sentences do."),
        ).at("text")
    if not (item.areas or item.blocks):
        raise InvalidInput(
            "unplaced",
            _("Before others can see this, choose an area or a building block."),
            hint=_("That is where people look for it."),
        ).at("areas")


def facts(item: KnowledgeItem) -> dict[str, Any]:
    """What is written in the audit trail: all that it says, as JSON knows it."""
    return {name: getattr(item, name) for name in _TOLD}


def _identifier(text: str) -> str:
    try:
        return parse_work(text) if text.strip() else ""
    except InvalidInput as error:
        raise error.at("identifier") from None


def _require_blocks(content: KnowledgeContent) -> None:
    if unknown := set(content.blocks) - set(Block.values):
        raise InvalidInput(
            "block", _("There is no building block “%(block)s”."), block=min(unknown)
        ).at("blocks")
