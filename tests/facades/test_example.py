"""The worked example of the documentation does what it says, exactly as it is printed."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx

from app.platform.security.issuer import Issuer, SigningKey
from tests.build.stage import Stage
from tests.facades.web.browser.serving import serving

PAGE = Path(__file__).parents[2] / "app" / "facades" / "oauth" / "client-systems.md"
BLOCK = re.compile(r"```python\n# (\w+\.py): .*?```", re.DOTALL)


def run(script: str, folder: Path, **environment: str) -> str:
    """One printed block, in a process of its own that has nothing of ours but what it installs."""
    blocks = {found[1]: found[0] for found in BLOCK.finditer(PAGE.read_text(encoding="utf-8"))}
    path = folder / script
    path.write_text(blocks[script].removeprefix("```python\n").removesuffix("```"))
    done = subprocess.run(
        [sys.executable, "-I", path],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


async def test_who_does_what_the_page_says_makes_the_first_call(
    stage: Stage, tmp_path: Path
) -> None:
    run("make_key.py", tmp_path)
    with serving(stage.database, tmp_path, {}) as site:
        admin, clinician = stage.parties["ggz_admin"], stage.parties["clinician"]
        key = SigningKey.load_or_create(tmp_path / "demo.pem")
        token = Issuer(f"{site.address}/demo-issuer", key).mint(
            admin.subject, audience="trede", client_id="trede-demo", membership=admin.membership
        )
        body = {"name": "Records", "jwks": json.loads((tmp_path / "public.json").read_text())}
        async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as http:
            registered = await http.post(f"{site.address}/v1/machines", json=body)
        assert registered.status_code == 201, registered.text
        told = run(
            "first_call.py",
            tmp_path,
            TREDE_URL=site.address,
            CLIENT_ID=registered.json()["id"],
            MEMBERSHIP_ID=str(clinician.membership),
        )
    assert told.splitlines() == [
        "token for 300 seconds: trede.read trede.write",
        "acting as clinician for treatment",
        "clients on this page: 0",
    ]
