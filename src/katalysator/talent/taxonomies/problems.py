"""What was wrong with files, kept as facts, so that it is told in the language of whoever reads it."""

from typing import Any

from katalysator.faults import InvalidInput, KatalysatorError


def kept(fault: KatalysatorError) -> dict[str, Any]:
    """A fault as JSON knows it."""
    return {
        "code": fault.code,
        "message": fault.message,
        "hint": fault.hint,
        "parameters": fault.parameters,
        "where": getattr(fault, "where", ()),
    }


def told(problem: dict[str, Any]) -> str:
    """The sentence of a fault that was kept."""
    parameters = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in problem["parameters"].items()
    }
    fault = InvalidInput(problem["code"], problem["message"], hint=problem["hint"], **parameters)
    fault.where = tuple(problem["where"])
    return str(fault)
