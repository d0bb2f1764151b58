"""How the web server is started."""

import sys


def web_server(host: str, port: int, workers: int) -> list[str]:
    """The command that serves the pages: some processes, of one copy of the code."""
    return [
        sys.executable, "-m", "gunicorn", "katalysator.site.wsgi", "--bind", f"{host}:{port}",
        "--workers", str(workers), "--threads", "4", "--preload", "--log-level", "warning",
        "--worker-class", "katalysator.site.web_worker.WebWorker",
    ]  # fmt: skip
