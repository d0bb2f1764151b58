"""Files are given out to be saved, never to be shown as a page of the site."""

from typing import BinaryIO

from django.http import FileResponse

_POLICY = "default-src 'none'; sandbox"


def download(file: BinaryIO, name: str, media_type: str) -> FileResponse:
    """A file as it was kept, in blocks; whoever reads it closes it."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    response["Cache-Control"] = "private, no-cache"
    return response
