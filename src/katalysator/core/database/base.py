"""What Django takes for its connection to the database (it asks for a module of this name)."""

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    """What Django asks of a database, where some questions are prepared."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> Any:
        """The question as it was asked; of a prepared one without its values, which its cursor does not know."""
        return super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose life is seen at its socket, before the first question of each request.

    Django asks the database whether it answers, which is a question more on every page. A server that goes
    away closes the connection, and then there is something to read; while there is nothing, it lives.
    """

    ops_class = DatabaseOperations
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
