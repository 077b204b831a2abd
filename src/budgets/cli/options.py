"""Options that commands of several kinds take."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Folder that holds raw/, rulings/ and clean/ (default: the checkout's data).")]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for what is made.")]
OUT = Path("reports/out")
