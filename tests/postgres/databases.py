"""What is in a database, and which of them a server has."""

import psycopg

from katalysator import postgres


def drop(server: postgres.Server, database: str) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)".encode())


def needs(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT id, title, meaning::text FROM need ORDER BY id"
        ).fetchall()


def databases(server: postgres.Server) -> set[str]:
    return {database.name for database in postgres.status(server.url("postgres")).databases}
