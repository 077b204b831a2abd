"""How a chart of ours is shown in a notebook: JupyterLab draws it by itself, offline; a page takes the same output.

Only our own charts are shown so. Altair's session-wide renderer is left alone, whatever else a notebook draws.
"""

from functools import partial
from typing import Any, TypeVar

import altair as alt

LAB = "application/vnd.vegalite.v5+json"
"""The newest kind of output that JupyterLab 4 draws with the Vega it ships; Altair's own default loads scripts from
the internet and draws nothing on a closed network."""
ELSE = ", 'Malgun Gothic', 'Apple SD Gothic Neo', sans-serif"
"""What a notebook falls back on: unlike a page it brings no font of its own."""
Chart = TypeVar("Chart", bound=alt.TopLevelMixin)


def offline(chart: Chart) -> Chart:
    """The same chart, shown by a notebook without asking the network for anything."""
    object.__setattr__(chart, "_repr_mimebundle_", partial(_shown, chart))  # altair keeps other attributes as the spec
    return chart


def _shown(chart: Any, *_: Any, **__: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    spec = chart.to_dict(validate=False)  # each part was validated when it was made; the whole again, by the tests
    config = spec.get("config", {})
    fonts = {"font": config["font"] + ELSE} if "font" in config else {}
    spec["config"] = config | fonts | ({"text": config["text"] | fonts} if "text" in config else {})
    said = spec.get("usermeta", {}).get("finding") or "chart"
    return {LAB: spec | {"$schema": "https://vega.github.io/schema/vega-lite/v5.json"}, "text/plain": said}, {}
