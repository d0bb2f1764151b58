"""Whether terms allow somebody something: what is not surely allowed is not."""

from typing import Any


def permitted(terms: dict[str, Any], _participant: str) -> bool:
    """Whether terms allow use without anything that we would have to find out first."""
    allowed = [rule for rule in terms.get("permission", ()) if rule["action"] == "use"]
    is_plain = any(not rule.get("constraint") for rule in allowed)
    return is_plain and not terms.get("prohibition") and not terms.get("obligation")
