"""Which files of ``data/raw/press`` are transcripts."""

from collections.abc import Collection
from pathlib import Path

TABLES = ("sources.csv", "programmes.csv")
"""What stands beside the transcripts."""


def transcript_files(press: Path, governments: Collection[str]) -> list[Path]:
    """The transcripts of a folder, by name: the CSV files that bear the name of a government.

    Copies (``Kopie von incheon.csv``) and what programs leave behind do not. Where no government is known, since their
    list is faulty itself, every CSV file counts, so that the faults in them are found, too.
    """
    return sorted(path for path in press.glob("*.csv") if path.name not in TABLES and (not governments or path.stem in governments))
