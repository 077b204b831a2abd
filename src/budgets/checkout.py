"""Where things are: the checkout this package stands in."""

from pathlib import Path


def checkout() -> Path:
    """The folder of the checkout; ``notebooks`` and ``reports`` stand in it."""
    return Path(__file__).resolve().parents[2]


def default_data() -> Path:
    """The ``data`` folder of the checkout."""
    return checkout() / "data"
