"""A canvas of which all questions are answered."""

from typing import Any

from katalysator.dataspace.canvas import verbs
from katalysator.dataspace.canvas.steps import STEPS, kept, usual_answers
from katalysator.dataspace.models import Dataset, SharingCanvas
from tests import builders


def answered(row: Dataset, model: str, **more: dict[str, Any]) -> SharingCanvas:
    """A canvas of which each step has its usual answers, but for these."""
    canvas = verbs.begin_canvas(row, model, by=builders.HOUSE)
    usual = usual_answers(model, row)
    usual["owner"]["may_share"] = True
    for name, step in STEPS.items():
        form = step.form(usual[name] | more.get(name, {}), dataset=row)
        assert form.is_valid(), form.errors
        canvas = verbs.answer_step(row, name, kept(form), by=builders.HOUSE)
    return canvas
