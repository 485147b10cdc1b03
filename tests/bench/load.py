"""A closed loop of requests over a few connections, and what it cost the server."""

import asyncio
import os
import time
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Round:
    """Requests per second, and processor time of the server process per request, in ms."""

    per_second: float
    cpu_ms: float
    p50_ms: float
    p99_ms: float


async def run(port: int, pid: int, requests: list[bytes], *, seconds: float, width: int) -> Round:
    """Send the requests in turn over `width` connections for some seconds; every answer is 200."""
    times: list[float] = []
    end = time.monotonic() + seconds
    before = cpu_seconds(pid)
    start = time.monotonic()

    async def one(offset: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        turn = offset
        while time.monotonic() < end:
            asked = time.perf_counter()
            writer.write(requests[turn % len(requests)])
            await _answer(reader)
            times.append(time.perf_counter() - asked)
            turn += width
        writer.close()

    await asyncio.gather(*(one(offset) for offset in range(width)))
    took = time.monotonic() - start
    times.sort()
    return Round(
        per_second=len(times) / took,
        cpu_ms=1000 * (cpu_seconds(pid) - before) / len(times),
        p50_ms=1000 * times[len(times) // 2],
        p99_ms=1000 * times[len(times) * 99 // 100],
    )


async def _answer(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        message = f"unexpected answer: {head.splitlines()[0].decode()}"
        raise RuntimeError(message)
    lower = head.lower()
    if b"content-length:" in lower:
        length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
    else:
        while size := int((await reader.readline()).strip() or b"0", 16):
            await reader.readexactly(size + 2)
        await reader.readline()


def cpu_seconds(pid: int) -> float:
    """User and system time of one process so far."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    fields = stat.rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def request(method: str, path: str, token: str, body: bytes = b"") -> bytes:
    """The bytes of one request on a kept connection."""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {token}",
        "Accept: application/json",
    ]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
