"""Vega, Vega-Lite and Vega-Embed as one script, kept between runs.

vl-convert takes two seconds to put it together, and starts threads for it, after which a process cannot be forked
safely. So a process of its own makes it, once for each version, into the user's cache folder; a copy whose hash is not
the one in its name is not used.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path

MAKE = "import sys, vl_convert; sys.stdout.buffer.write(vl_convert.javascript_bundle('window.vegaEmbed=vegaEmbed;').encode())"


@cache
def vega_bundle() -> str:
    """The script."""
    kept = _kept()
    return kept if kept is not None else _keep(subprocess.check_output([sys.executable, "-P", "-c", MAKE]))


def _folder() -> Path:
    return user_cache_path("budgets") / f"vega-{version('vl-convert-python')}"


def _kept() -> str | None:
    for path in sorted(_folder().glob("*.js")):
        with contextlib.suppress(OSError):
            content = path.read_bytes()
            if hashlib.sha256(content).hexdigest() == path.stem:
                return content.decode("utf-8")
    return None


def _keep(content: bytes) -> str:
    """Keep it where that is allowed."""
    with contextlib.suppress(OSError):
        _folder().mkdir(parents=True, exist_ok=True)
        descriptor, beside = tempfile.mkstemp(dir=_folder())
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(beside).replace(_folder() / f"{hashlib.sha256(content).hexdigest()}.js")
    return content.decode("utf-8")
