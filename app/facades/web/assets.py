"""Gathers what pages borrow into `static/vendor/`: style of components, their tokens, font, htmx.

Run with `python app/facades/web/assets.py` after `npm ci` in `npm/`; nothing of it is committed.
Only components that the templates use are taken, and only the tokens that these read.
"""

import re
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGES = HERE / "npm" / "node_modules"
VENDOR = HERE / "static" / "vendor"

COMPONENTS = (
    "alert",
    "button",
    "button-link",
    "form-field",
    "form-field-description",
    "form-field-error-message",
    "form-fieldset",
    "form-label",
    "link-button",
    "select",
    "skip-link",
    "status-badge",
    "textarea",
    "textbox",
)
TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens"
FONT = "@fontsource-variable/source-sans-3"
COPIES = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "source-sans-3-latin.woff2": f"{FONT}/files/source-sans-3-latin-wght-normal.woff2",
    "source-sans-3-latin-ext.woff2": f"{FONT}/files/source-sans-3-latin-ext-wght-normal.woff2",
    "LICENSE-htmx.txt": "htmx.org/LICENSE",
    "LICENSE-source-sans-3.txt": f"{FONT}/LICENSE",
    "LICENSE-utrecht.md": "@utrecht/component-library-css/LICENSE.md",
    "LICENSE-design-tokens.md": f"{TOKENS}/LICENSE.md",
}
NOTICE = """\
/* Licensed under the EUPL-1.2: see LICENSE-utrecht.md and LICENSE-design-tokens.md beside it.
 * Made of @utrecht/component-library-css (c) Frameless B.V., (c) Gemeente Utrecht, and of
 * @nl-design-system-unstable/voorbeeld-design-tokens (c) Community for NL Design System.
 * Modified when it was gathered: a part of the components, the tokens these read, put on :root.
 */
"""

_declaration = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]+);")
_reading = re.compile(r"var\(\s*(--[\w-]+)")


def gather(packages: Path = PACKAGES, vendor: Path = VENDOR) -> None:
    """Fill the folder anew, whole or not at all."""
    fresh = vendor.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, source in COPIES.items():
        shutil.copyfile(packages / source, fresh / name)
    (fresh / "nlds.css").write_text(style_sheet(packages), encoding="utf-8")
    shutil.rmtree(vendor, ignore_errors=True)
    fresh.rename(vendor)


def style_sheet(packages: Path) -> str:
    """The components, with the tokens they read before them."""
    parts = [
        (packages / "@utrecht" / f"{name}-css" / "dist" / "index.min.css").read_text("utf-8")
        for name in COMPONENTS
    ]
    own = "".join((HERE / "static" / name).read_text("utf-8") for name in ("theme.css", "app.css"))
    told = dict(_declaration.findall((packages / TOKENS / "dist" / "theme.css").read_text("utf-8")))
    read = _read_tokens(told, "".join(parts) + own)
    lines = "".join(f"{name}:{told[name].strip()};" for name in told if name in read)
    return f"{NOTICE}:root{{{lines}}}\n" + "\n".join(parts) + "\n"


def _read_tokens(told: dict[str, str], style: str) -> set[str]:
    """What the style reads, and what those read in turn."""
    read: set[str] = set()
    waiting = set(_reading.findall(style))
    while waiting:
        name = waiting.pop()
        if name in told and name not in read:
            read.add(name)
            waiting.update(_reading.findall(told[name]))
    return read


if __name__ == "__main__":
    if not PACKAGES.is_dir():
        sys.exit("The packages are not there yet: run `npm ci` in app/facades/web/npm first.")
    gather()
