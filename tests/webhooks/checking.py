"""The example of docs/webhooks.md, as it stands there."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_GUIDE = Path(__file__).parents[2] / "docs" / "webhooks.md"


def is_ours(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """What a reader of the guide has."""
    (code,) = re.findall(r"```python\n(.+?)```", _GUIDE.read_text("utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    return bool(names["is_ours"](secret, headers, body))
