"""Mail that is written to files: links that open an account are for the eyes of the owner only."""

import os
from pathlib import Path
from typing import Any

from django.core.mail.backends.filebased import EmailBackend


class PrivateFileBackend(EmailBackend):
    """Django's mail in files, which nobody but the owner of the folder can read."""

    stream: Any

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        Path(self.file_path).chmod(0o700)

    def open(self) -> bool:
        """Open a file of this process; it is private from its first byte on."""
        if self.stream is not None:
            return False
        file: str = self._get_filename()  # type: ignore[attr-defined]
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self.stream = os.fdopen(os.open(file, flags, 0o600), "ab")
        return True
