"""What Django takes for its connection to the database (it asks for a module of this name)."""

import select

import psycopg
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose life is seen at its socket, before the first question of each request.

    Django asks the database whether it answers, which is a question more on every page. A server that goes
    away closes the connection, and then there is something to read; while there is nothing, it lives.
    """

    health_check_enabled: bool
    health_check_done: bool

    def close_if_health_check_failed(self) -> None:
        """Begin a new connection where this one has ended. Cost: a call of the system."""
        if self.health_check_enabled and not self.health_check_done and self._is_quiet():
            self.health_check_done = True
        super().close_if_health_check_failed()

    def _is_quiet(self) -> bool:
        connection = self.connection
        if connection is None or connection.closed:
            return False
        try:
            waiting = select.poll()
            waiting.register(connection.fileno(), select.POLLIN)
            return not waiting.poll(0)
        except psycopg.OperationalError:
            return False
