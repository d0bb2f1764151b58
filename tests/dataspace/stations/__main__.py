"""An instance of ours in one process, web server and worker: `python -m tests.dataspace.stations PORT`."""

import sys
from threading import Thread

import django


def main(port: int) -> None:
    """Serve on loopback, and do the jobs that go to others, until a signal asks for the end."""
    django.setup()
    import waitress
    from django.core.wsgi import get_wsgi_application

    from katalysator.core.jobs import OUTSIDE
    from katalysator.core.working import work

    serve = {"host": "127.0.0.1", "port": port, "threads": 8}
    Thread(target=waitress.serve, args=[get_wsgi_application()], kwargs=serve, daemon=True).start()
    work([OUTSIDE])


if __name__ == "__main__":
    main(int(sys.argv[1]))
