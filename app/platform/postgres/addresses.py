"""Addresses of a database, translated between what libpq and asyncpg understand."""

from pathlib import Path

from sqlalchemy import URL, make_url


def socket_url(socket: Path, role: str, password: str, dbname: str) -> URL:
    """Through a Unix socket; the port is named because an environment may say PGPORT."""
    return URL.create(
        "postgresql",
        username=role,
        password=password,
        database=dbname,
        query={"host": str(socket), "port": "5432"},
    )


def parse(address: str) -> URL:
    """Any usual spelling of a PostgreSQL address, without its driver."""
    return make_url(address).set(drivername="postgresql")


def with_login(url: URL, role: str, password: str) -> URL:
    """The same server and database, for someone else."""
    return url.set(username=role, password=password)


def for_libpq(url: URL) -> str:
    """For psycopg."""
    return _renamed(url, "ssl", "sslmode").render_as_string(hide_password=False)


def for_sync_engine(url: URL) -> URL:
    """For a synchronous SQLAlchemy engine (migrations)."""
    return _renamed(url, "ssl", "sslmode").set(drivername="postgresql+psycopg")


def for_asyncpg(url: URL) -> str:
    """For an asynchronous SQLAlchemy engine; asyncpg calls the TLS mode `ssl`."""
    asynchronous = _renamed(url, "sslmode", "ssl").set(drivername="postgresql+asyncpg")
    return asynchronous.render_as_string(hide_password=False)


def _renamed(url: URL, old: str, new: str) -> URL:
    query = {new if key == old else key: value for key, value in url.query.items()}
    return url.set(query=query)
