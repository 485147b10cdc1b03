"""`python -m app COMMAND`: demo, serve, migrate, bootstrap, compile, audit, keys, zgw, openapi."""

import argparse
import asyncio
import json
import logging
import sys
from pathlib import Path

from app import audit, demo, keys, zgw
from app.access import checking
from app.domain.party.actions.bootstrap import bootstrap
from app.main import create_app
from app.platform.db import engine
from app.platform.http.openapi import document
from app.platform.postgres import PostgresError
from app.platform.settings import Settings
from app.startup import Ready, listen, make_ready, serve
from app.wiring import Logins

CONTRACT = Path("openapi/openapi.json")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("fastapi").setLevel(logging.ERROR)  # no addresses of persons are checked
    asked = _parser().parse_args(arguments)
    try:
        return _run(asked)
    except PostgresError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _run(asked: argparse.Namespace) -> int:
    if asked.command == "zgw":
        return zgw.run(asked)
    settings = Settings()
    if asked.command == "openapi":
        return _openapi(check=asked.check)
    if asked.command == "audit":
        return audit.run(asked, settings)
    if asked.command == "keys":
        return keys.run(asked, settings)
    if asked.command == "demo":
        return demo.run(settings)
    if asked.command == "serve":
        return _serve(settings)
    ready = make_ready(settings)
    try:
        if asked.command == "bootstrap":
            asyncio.run(_bootstrap(ready, asked.issuer, asked.subject))
        elif asked.command == "compile":
            return asyncio.run(_compile(ready.logins, repair=asked.repair))
    finally:
        ready.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="trede", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="serve the API")
    commands.add_parser(
        "demo", help="play trajectories of every kind on this machine and keep serving"
    )
    commands.add_parser("migrate", help="make the database ready and stop")
    first = commands.add_parser("bootstrap", help="make the first system administrator")
    first.add_argument("--issuer", required=True)
    first.add_argument("--subject", required=True)
    compiling = commands.add_parser(
        "compile", help="compare grants with the policy, lists with records"
    )
    compiling.add_argument("--repair", action="store_true")
    audit.add_commands(commands.add_parser("audit", help="export the access log, or check it"))
    keys.add_commands(commands.add_parser("keys", help="turn over the keys that wrap data keys"))
    zgw.add_commands(commands.add_parser("zgw", help="tell trajectories to a case system"))
    contract = commands.add_parser("openapi", help="write the API document, or compare it")
    contract.add_argument("--check", action="store_true")
    return parser


def _serve(settings: Settings) -> int:
    try:
        listening = listen(settings)
    except OSError as error:
        sys.stderr.write(f"Cannot listen on {settings.host}:{settings.port}: {error.strerror}.\n")
        return 1
    with listening:
        ready = make_ready(settings)
        try:
            serve(create_app(settings, ready.logins), listening, ready)
        finally:
            ready.stop()
    return 0


async def _bootstrap(ready: Ready, issuer: str, subject: str) -> None:
    owner = engine(ready.owner, pool_size=1)
    try:
        async with owner.begin() as db:
            await bootstrap(db, issuer, subject)
    finally:
        await owner.dispose()


async def _compile(logins: Logins, *, repair: bool) -> int:
    """0 when grants and lists are what policy and records say; the ids of others go to stdout."""
    worker, writer = engine(logins.worker, pool_size=1), engine(logins.writer, pool_size=1)
    try:
        found = await checking.compare_all(worker, writer, repair=repair)
    finally:
        await worker.dispose()
        await writer.dispose()
    for client_id, count in found.items():
        sys.stdout.write(f"{client_id}: {count} grants or lines of lists differ\n")
    return 1 if found and not repair else 0


def contract_of() -> str:
    """The API document as committed; needs no database."""
    nowhere = "postgresql+asyncpg://nobody@localhost/none"
    settings = Settings(var=Path("var"))
    app = create_app(settings, Logins(nowhere, nowhere, nowhere))
    return json.dumps(document(app), ensure_ascii=False, indent=1) + "\n"


def _openapi(*, check: bool) -> int:
    text = contract_of()
    if not check:
        CONTRACT.parent.mkdir(exist_ok=True)
        CONTRACT.write_text(text, encoding="utf-8")
        return 0
    if CONTRACT.exists() and CONTRACT.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write(f"{CONTRACT} differs from the application; run `python -m app openapi`\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
