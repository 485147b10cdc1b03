"""The demonstration: 25 trajectories played over HTTP as the different parties."""

import logging
import os
from datetime import datetime
from pathlib import Path
from socket import socket
from zoneinfo import ZoneInfo

import httpx

from app.demo import ground
from app.demo.alfa import ALFA
from app.demo.caseload import played_by
from app.demo.cast import OPENING, SYSTEM, assemble, subject
from app.demo.echo import ECHO
from app.demo.guide import STAY, guide
from app.demo.introductions import introduced
from app.demo.player import HttpPlayer, patiently
from app.demo.script import Play, Scene
from app.main import VERSION, create_app
from app.platform.migrate import MIGRATIONS
from app.platform.postgres import Server, start
from app.platform.postgres.locks import try_alone
from app.platform.security.demo_issuer import (
    PREFIX,
    DemoIssuer,
    DemoRefusedError,
    refuse_unless_loopback,
)
from app.platform.security.demo_login import Persona
from app.platform.security.issuer import Issuer, SigningKey
from app.platform.settings import Settings
from app.startup import Ready, listen, make_ready, serve

PLAYS = Path(__file__).parent
TOKEN_SECONDS = 3600
"""Long enough to look around with one token; only on this machine."""


def run(settings: Settings) -> int:
    """Play once, tell where to look, serve until a signal; the exit code."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    settings.var.mkdir(parents=True, exist_ok=True)
    alone = try_alone(settings.var / "demo.lock")
    if alone is None:
        _say("The demo of this folder is running already.")
        return 1
    try:
        refuse_unless_loopback(settings.host, embedded=settings.embedded)
        listening = listen(settings)
    except DemoRefusedError as refused:
        _say(f"No demo here: {refused}.")
        return 1
    except OSError as error:
        _say(f"Cannot listen on {settings.host}:{settings.port}: {error.strerror}.")
        return 1
    _perform(settings.model_copy(update={"database_name": ground.NAME}), listening)
    os.close(alone)
    return 0


def _perform(settings: Settings, listening: socket) -> None:
    """Whole or anew: the mark is set when the last step is done, and names what was played."""
    server = start(settings.var / "postgres")
    mark = f"trede demo {VERSION} at {settings.url}, form {ground.form_of(MIGRATIONS, PLAYS)}"
    played = ground.is_played(server, mark)
    if not played:
        _say("Making a database for the demo.")
        ground.clear(server)
    issuer = demo_issuer(settings)
    demo = DemoIssuer(issuer, settings.audience, personas())
    ready = make_ready(settings)
    app = create_app(settings, ready.logins, demo)
    address = f"http://{settings.host}:{settings.port}"

    async def beside() -> None:
        async with httpx.AsyncClient(base_url=address, timeout=60) as http:
            player = HttpPlayer(http, demo.token, ready.owner)
            if played:
                await patiently(lambda: player.at(_resumed(server)))
            else:
                _say(f"It serves already: {settings.url}/. The play takes about a minute.")
                await _play(player, ready, issuer.url)
                await patiently(lambda: ground.mark_played(server, mark))
            _say(await guide(player, settings.url))

    try:
        serve(app, listening, ready, beside)
    finally:
        ready.stop()
    _say("The demo has ended; everything is kept.")


async def _play(player: HttpPlayer, ready: Ready, issuer: str) -> None:
    await patiently(lambda: player.on(OPENING))
    await ground.let_in(ready.owner, issuer, subject(SYSTEM))
    _say("The parties register themselves.")
    cast = await assemble(player, issuer)
    worked = ((ALFA, Scene(player, cast, "alfa")), (ECHO, Scene(player, cast, "echo")))
    parts = (*worked, *played_by(player, cast))
    async for step, scene in Play(player, parts).through():
        _say(f"{step.day}  {scene.client.capitalize()}: {step.words}")
    await patiently(lambda: player.on(STAY))


def demo_issuer(settings: Settings) -> Issuer:
    key = SigningKey.load_or_create(settings.var / "secrets" / "demo.pem")
    return Issuer(f"{settings.url}{PREFIX}", key, longest=TOKEN_SECONDS)


def personas() -> dict[str, Persona]:
    """Everyone has one hat, so a token needs to name none."""
    return {
        key: Persona(subject(key), name=name, note=note, group=group)
        for key, (name, note, group) in introduced().items()
    }


def _resumed(server: Server) -> datetime:
    """The clock stood still while nothing was served."""
    stay = datetime.fromisoformat(f"{STAY}T12:00").replace(tzinfo=ZoneInfo("Europe/Amsterdam"))
    return max(stay, ground.last_moment(server) or stay)


def _say(words: str) -> None:
    print(words, flush=True)
