"""How the web server is started."""

import sys


def web_server(host: str, port: int, workers: int) -> list[str]:
    """The command that serves the pages: threads for slow networks, one copy of the code."""
    return [
        sys.executable, "-m", "gunicorn", "katalysator.site.wsgi", "--bind", f"{host}:{port}",
        "--workers", str(workers), "--threads", "4", "--worker-class", "gthread", "--preload",
        "--max-requests", "10000", "--max-requests-jitter", "1000", "--log-level", "warning",
    ]  # fmt: skip
