"""A file on the desk of the person who reads: everything `reading.read` has to be told is fetched here."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from budgets.disk import given_stream, write_whole
from budgets.errors import DataError, UsageError
from budgets.reader.cues import COLUMNS, Cues
from budgets.reader.governments import Gazetteer
from budgets.reader.known import Known
from budgets.reader.proposals import Reading
from budgets.reader.reading import read
from budgets.sources.articles import ArticleFile, read_article, rows, transcripts


def read_file(path: Path | None, data: Path, *, published: str | None = None, government: str | None = None) -> tuple[ArticleFile, Reading]:
    """The file (standard input for None) and its reading, by the rules, governments and figures of *data*.

    Raises `UsageError` for a day or a government that is none, `DataError` for files that cannot be read.
    """
    day = _day(published)
    governments = rows(data / "raw" / "reference" / "governments.csv", ("government", "name_ko", "short_ko", "level"))
    _check(government, [row["government"] for row in governments])
    cues = rules(data)
    press = data / "raw" / "press"
    known = Known.of(transcripts(press, {row["government"] for row in governments}), rows(press / "programmes.csv", ("programme_id", "government", "name_ko")))
    file = read_article(path)
    if path is not None and given_stream(path):  # "63" names nothing that anybody could find again
        file = replace(file, name="-")
    return file, read(file.text, cues, Gazetteer.of(governments), published=day, government=government, known=known)


def rules(data: Path) -> Cues:
    """The rules by which articles are read. Raises `DataError` for a file that is missing or a rule that cannot be."""
    return Cues.of(rows(data / "rulings" / "reader_cues.csv", COLUMNS))


def struck(reading: Reading, given: str | None) -> Reading:
    """The reading without the proposals of these numbers (``3,7``). Raises `UsageError` for a number that is none of them."""
    if given is None:
        return reading
    numbers = {str(p.number): p.number for p in reading.proposals}
    named = [word.strip() for word in given.split(",")]
    wrong = next((word for word in named if word not in numbers), None)
    if wrong is not None:
        raise UsageError("reader.strike", given=wrong or given, last=max(numbers.values(), default=0))
    gone = {numbers[word] for word in named}
    kept = tuple(p for p in reading.proposals if p.number not in gone)
    sums = tuple(s for s in reading.sums if not gone & {s.whole, *s.parts})
    return replace(reading, proposals=kept, sums=sums)


def entries_of(file: ArticleFile, reading: Reading, data: Path, language: str = "ko") -> list[dict[str, object]]:
    """The proposals as rows for the entry workbook, with the units of the indicators and the sources on file."""
    from budgets.reader.records import entry_rows

    indicators = {row["indicator"]: row["unit"] for row in rows(data / "raw" / "reference" / "indicators.csv", ("indicator", "unit"))}
    on_file = rows(data / "raw" / "press" / "sources.csv", ("sha256", "source_id"))
    sources = {row["sha256"]: row["source_id"] for row in on_file if row["sha256"]}
    return entry_rows(reading, file, indicators, sources, language, {row["source_id"].strip() for row in on_file})


def write(path: Path, content: bytes) -> None:
    """Write a file that the person asked for. Raises `DataError`."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise DataError("clean.unwritable", path=path, why=error) from None


_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def _day(given: str | None) -> date | None:
    if given is None:
        return None
    try:
        day = datetime.strptime(given, "%Y-%m-%d").date()  # and no week dates, as fromisoformat takes them
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise ValueError
        return day
    except ValueError:
        raise UsageError("reader.published", given=given) from None


def _check(given: str | None, known: list[str]) -> None:
    if given is not None and given not in known:
        provinces = dict.fromkeys(government for government in known if "-" not in government)
        raise UsageError("reader.government", given=given, codes=", ".join(list(provinces)[:20]))
