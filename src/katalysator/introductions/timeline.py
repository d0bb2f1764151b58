"""From need to result: when what was placed, proposed, agreed, done and learned, for who reads the page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from katalysator.introductions.models import Introduction, NextStep
from katalysator.introductions.seen import SeenParty
from katalysator.introductions.workflow import INTRODUCTION

_MOST: Final = 50  # deeds that are shown
_MARKS: Final = frozenset({"introduce", "agree", "finish", "learn"})
"""Deeds that a reader looks for first."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened: when, what, its sign (need, offer or none), and whether a reader looks for it first."""

    at: datetime
    what: str
    sign: str = ""
    is_mark: bool = False


def timeline(
    introduction: Introduction, parties: Sequence[SeenParty], steps: Iterable[NextStep]
) -> list[TimelineEntry]:
    """All of it that the reader may know, the oldest first. Cost: one query."""
    moments = [*_placed(parties), *_deeds(introduction), *_said(introduction), *_done(steps)]
    return sorted(moments, key=lambda each: each.at)


def _placed(parties: Iterable[SeenParty]) -> Iterator[TimelineEntry]:
    for each in parties:
        listing = each.listing
        if listing is not None and listing.published_at is not None:
            yield TimelineEntry(
                listing.published_at,
                _("Placed: %(title)s") % {"title": listing.title},
                listing.kind,
            )


def _deeds(introduction: Introduction) -> Iterator[TimelineEntry]:
    for deed, at in introduction.happened[-_MOST:]:
        what = INTRODUCTION.history(f"introduction.{deed}")
        yield TimelineEntry(datetime.fromisoformat(at), what, is_mark=deed in _MARKS)


def _said(introduction: Introduction) -> Iterator[TimelineEntry]:
    """That something was said, not what."""
    said = introduction.messages.order_by("-pk").values_list("at", flat=True)[:_MOST]
    what = INTRODUCTION.history("introduction.say")
    return (TimelineEntry(at, what) for at in said)


def _done(steps: Iterable[NextStep]) -> Iterator[TimelineEntry]:
    for each in steps:
        if each.done_at is not None:
            yield TimelineEntry(each.done_at, _("Done: %(what)s") % {"what": each.what})
