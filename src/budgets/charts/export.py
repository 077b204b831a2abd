"""Pictures of charts: PNG and SVG with the Korean font in them."""

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert
from pylopdf_fonts_ko import sans_path

from budgets.errors import UsageError

SCALE = 2.0


def save_picture(chart: alt.TopLevelMixin, path: Path | str) -> Path:
    """Write a chart as ``.png`` (twice the size, for slides) or ``.svg``. Raises `UsageError` for another ending."""
    return save_spec(chart.to_dict(), path)


def save_spec(spec: Mapping[str, Any], path: Path | str) -> Path:
    """Write a Vega-Lite specification as ``.png`` or ``.svg``, whole or not at all."""
    path = Path(path)
    if path.suffix not in (".png", ".svg"):
        raise UsageError("chart.refused.ending", path=path)
    _register_font()
    if path.suffix == ".png":
        content = vl_convert.vegalite_to_png(dict(spec), scale=SCALE)
    else:
        content = vl_convert.vegalite_to_svg(dict(spec)).encode("utf-8")
    with tempfile.TemporaryDirectory(prefix=".picture-", dir=path.parent) as beside:
        whole = Path(beside) / path.name
        whole.write_bytes(content)
        whole.replace(path)
    return path


@cache
def _register_font() -> None:
    """Make Noto Sans KR known to the renderer, whatever fonts the machine has."""
    vl_convert.register_font_directory(str(Path(str(sans_path())).parent))
