"""What can go wrong with the database server, in words for whoever starts the service."""


class PostgresError(RuntimeError):
    """The database server cannot be started, reached or prepared; the message says what to do."""
