"""Forms: what a verb refuses is said where it was typed."""

from django.forms import BaseForm

from katalysator.faults import InvalidInput, KatalysatorError


def add_fault(form: BaseForm, fault: KatalysatorError) -> None:
    """Say a fault beside the field that it is about; above the form where it is about none of them."""
    if isinstance(fault, InvalidInput):
        name = str(fault.where[0]) if fault.where else ""
        form.add_error(name if name in form.fields else None, fault.sentence)
    else:
        form.add_error(None, str(fault))
