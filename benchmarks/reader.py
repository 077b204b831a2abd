"""How well articles are read: the table of found figures, false proposals and right fields; with and without rules and morphology.

    python benchmarks/reader.py [--figures CSV] [--texts DIR] [--no-splits]

The texts and the figures copied from them lie beside the checkout; where they do not, there is nothing to measure and
the script says so. Held against the copy: what is proposed, said by the text or supposed from its words (the table that
counts), and what is said alone. Held against the transcripts in ``data/raw``, where whatever the text does not say is
``unknown``: what is said.

*Tuned on three*: the rules (``data/rulings/reader_cues.csv``) are broken up into their single alternatives, and only
those stay that change something in the reading of the three documents. The other two are then read with these alone.
Tokens, words of time and endings of verbs are grammar and not among the rules; who wrote it had seen all five.
"""

import argparse
import itertools
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from multiprocessing import Pool
from pathlib import Path

from budgets.checkout import default_data
from budgets.clean import load as load_tables
from budgets.intake.handing import checked_file
from budgets.reader import Cues, Gazetteer, Proposal, Reading, phrases, read
from budgets.reader.cues import COLUMNS
from budgets.reader.desk import entries_of
from budgets.reader.known import Known
from budgets.reader.tense import Mark, Marks, marks
from budgets.sources.articles import ArticleFile, rows, transcripts
from budgets.sources.workbooks.template import template

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

from annotated import FIELDS as OWN_FIELDS
from annotated import Count, count, load, overlap
from payers import judged

ARTICLES = Path(__file__).resolve().parents[1] / "tests" / "articles"
SHARED = Path(__file__).resolve().parents[2] / "shared"
WANTED = {"found": 43, "false": 5, "period": 0.90, "phase": 0.85, "funding": 0.85, "value": 0.99, "programme": 0.85}
FIELDS = ("value", "period", "phase", "funding", "programme")
STATUS = {"planned": "announced", "budgeted": "approved", "secured": "awarded", "applied_for": "applied_for"}


@dataclass
class Truth:
    """The copied figures of one text, each with its row of the transcript."""

    file: str
    text: str
    published: date | None
    """given only where the text does not print it"""
    figures: list[dict[str, str]]
    transcribed: list[dict[str, str]]


@dataclass
class Score:
    """Counts over some texts."""

    wanted: int
    found: int
    proposals: int
    false: list[str]
    missed: list[str]
    right: dict[str, int]
    of: dict[str, int]
    wrong: list[str]

    def share(self, field: str) -> float:
        return self.right[field] / self.of[field] if self.of[field] else 1.0


def truths(figures: Path, texts: Path, data: Path) -> list[Truth]:
    """The five texts with their figures, each row with the row of ``data/raw`` that stands at the same place."""
    copied = rows(figures)
    sources = {row["source_id"]: row for row in rows(data / "raw" / "press" / "sources.csv")}
    by_place: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    governments = {row["government"] for row in rows(data / "raw" / "reference" / "governments.csv")}
    for row in transcripts(data / "raw" / "press", governments):
        file = sources[row["source_id"]]["text_file"]
        line = row["locator"].partition("line ")[2].partition(",")[0]
        by_place.setdefault((file, line, row["as_printed"]), []).append(row)
    found = []
    for file in sorted({row["source_file"] for row in copied}):
        source = next(s for s in sources.values() if s["text_file"] == file)
        mine = [row for row in copied if row["source_file"] == file]
        places = [_at(by_place, file, row) for row in mine]
        seen: dict[tuple[str, str], int] = {}
        twins = []
        for row, place in zip(mine, places, strict=True):
            nth = seen.get((row["line_no"], row["as_printed"]), 0)
            seen[row["line_no"], row["as_printed"]] = nth + 1
            twins.append(sorted(place, key=lambda r: r["locator"])[min(nth, len(place) - 1)])
        given = date.fromisoformat(source["published_on"]) if source["published_basis"] != "printed" else None
        found.append(Truth(file, (texts / file).read_text(encoding="utf-8"), given, mine, twins))
    return found


def _at(by_place: dict[tuple[str, str, str], list[dict[str, str]]], file: str, row: dict[str, str]) -> list[dict[str, str]]:
    """The transcribed rows at the place of a copied one; 올해 말 may stand there as 빠르면 올해 말."""
    return next(
        found
        for (f, line, token), found in by_place.items()
        if (f, line) == (file, row["line_no"]) and row["as_printed"] in (token, token[-len(row["as_printed"]) :])
    )


def score(pairs: Iterable[tuple[Truth, Reading]], held: str = "proposed") -> Score:
    """Readings against what was copied; *held*: a key of `HELD`."""
    total = Score(0, 0, 0, [], [], dict.fromkeys(FIELDS, 0), dict.fromkeys(FIELDS, 0), [])
    for truth, reading in pairs:
        matched: set[int] = set()
        for figure, twin in zip(truth.figures, truth.transcribed, strict=True):
            proposal = next((p for p in reading.proposals if p.number not in matched and _same_place(p, figure)), None)
            if proposal:
                matched.add(proposal.number)
            if not figure["value"]:
                continue
            total.wanted += 1
            if proposal is None:
                total.missed.append(f"{figure['fact_id']} {figure['as_printed']}")
                continue
            total.found += 1
            for field, right in HELD[held](proposal, figure, twin).items():
                total.of[field] += 1
                total.right[field] += right
                if not right:
                    total.wrong.append(f"{figure['fact_id']} {figure['as_printed']} {field}: {shown(proposal, field)}")
        total.proposals += len(reading.proposals)
        total.false += [f"{truth.file[:3]} line {p.span.line}: {p.span.text} ({p.kind})" for p in reading.proposals if p.number not in matched]
    return total


def _same_place(p: Proposal, figure: dict[str, str]) -> bool:
    """The same print; an event's may hold one word more (빠르면 올해 말)."""
    token = figure["as_printed"]
    return str(p.span.line) == figure["line_no"] and (p.span.text == token or (p.kind == "milestone" and p.span.text.endswith(f" {token}")))


def fields_of_transcript(p: Proposal, figure: dict[str, str], twin: dict[str, str]) -> dict[str, bool]:
    columns = ("period_kind", "period_start", "period_end", *(("as_of",) if p.kind == "target" else ()))
    fields = {
        "value": right_value(p, figure) and p.value("hedge") == twin["hedge"],
        "period": all(p.value(c) == twin[c] for c in columns),
        "phase": p.value("phase") == twin["phase"],
        "programme": overlap(p.value("programme_as_printed"), figure["programme_ko"]),
    }
    return fields | ({"funding": p.value("funding") == twin["funding"]} if p.kind == "budget" else {})


def fields_proposed(p: Proposal, figure: dict[str, str], twin: dict[str, str]) -> dict[str, bool]:
    """What is proposed, said or supposed, against the copy."""
    return _against_copy(p, p.proposed, figure)


def fields_said(p: Proposal, figure: dict[str, str], twin: dict[str, str]) -> dict[str, bool]:
    """Only what the text says, against the copy."""
    return _against_copy(p, {name: read.value for name, read in p.fields.items()}, figure)


def _against_copy(p: Proposal, columns: Mapping[str, str], figure: dict[str, str]) -> dict[str, bool]:
    """Against the copy as it stands, its words put into ours: dates, status and funding; a count may have no funder."""
    of = defaultdict(str, columns)
    days = (of["as_of"], of["as_of"]) if of["as_of"] else (of["period_start"], of["period_end"])
    return {
        "value": right_value(p, figure),
        "period": days == (figure["period_start"], figure["period_end"]),
        "phase": of["phase"] == (STATUS.get(figure["status"], "unknown") if p.kind == "budget" else figure["kind"]),
        "funding": (of["funding"] or "unknown") == {"city": "provincial"}.get(figure["funding"], figure["funding"]),
        "programme": overlap(of["programme_as_printed"], figure["programme_ko"]),
    }


def right_value(p: Proposal, figure: dict[str, str]) -> bool:
    return p.token is not None and p.token.amount.printed is not None and float(p.token.amount.printed) == float(figure["value"])


def shown(p: Proposal, field: str) -> str:
    columns = {"period": ("period_kind", "period_start", "period_end", "as_of"), "programme": ("programme_as_printed",), "value": ("hedge",)}.get(
        field, (field,)
    )
    return " ".join(p.proposed[c] for c in columns if p.proposed.get(c))


HELD = {"proposed": fields_proposed, "said": fields_said, "transcript": fields_of_transcript}


def alternatives(cues: Cues) -> Cues:
    """Every rule broken up at its outermost bars."""
    return Cues(tuple(replace(cue, cue=part) for cue in cues.rows for part in _split(cue.cue)))


def _split(pattern: str) -> Iterator[str]:
    depth, at, in_class = 0, 0, False
    n = 0
    while n < len(pattern):
        char = pattern[n]
        if char == "\\":
            n += 2
            continue
        in_class = char == "[" if not in_class else char != "]"
        if not in_class:
            depth += (char == "(") - (char == ")")
            if char == "|" and depth == 0:
                yield pattern[at:n]
                at = n + 1
        n += 1
    yield pattern[at:]


def kiwi() -> tuple[Marks, Callable[[str], bool]]:
    """Tense and the ends of noun phrases by morphological analysis. Raises ImportError where it is not installed."""
    from functools import lru_cache

    from kiwipiepy import Kiwi

    analyser = Kiwi()

    @lru_cache(maxsize=4096)
    def tokens(text: str) -> list[tuple[str, str, int, int]]:
        return [(t.form, t.tag.split("-")[0], t.start, t.end) for t in analyser.tokenize(text)]

    def tense(line: str, start: int, end: int) -> list[Mark]:
        found: list[Mark] = []
        stem = ""
        for n, (form, tag, a, b) in enumerate(all_ := tokens(line)):
            if tag in ("VV", "XSV", "VX", "NNG", "VCP"):
                stem = f"{all_[n - 1][0]}{form}" if tag == "XSV" and n else form
            kind = None
            if tag == "EP" and form in ("었", "았", "였", "엇"):
                kind = None if stem in ("밝히", "말하", "전하", "설명하", "발표하", "강조하", "덧붙이") else "past"
            elif (tag == "EP" and form == "겠") or (tag == "NNG" and form in ("계획", "예정", "방침", "전망", "목표", "구상")):
                kind = "future"
            elif tag == "EF" and form in ("ᆫ다", "는다") and (not found or found[-1].end < a - 2):
                kind = "present"
            elif tag in ("VX", "VV", "VA") and form == "있" and n and all_[n - 1][1] in ("EC", "JKB"):
                kind = "progress"
            if kind and start <= a < end:
                found.append(Mark(kind, a, max(b, a + 1)))  # type: ignore[arg-type]
        return found

    def stops(word: str) -> bool:
        last = tokens(word)[-1:] or [("", "", 0, 0)]
        return last[0][1][:1] in ("J", "E") or last[0][1] in ("MAG", "MM", "SF", "SP", "SSC")

    return tense, stops


def table(name: str, total: Score) -> None:
    ok = lambda good: "" if good else "  ✗"  # noqa: E731
    print(f"\n{name}")
    print(f"  found            {total.found:>3} of {total.wanted}{ok(total.found >= WANTED['found'] * total.wanted / 45)}")
    print(f"  false proposals  {len(total.false):>3} of {total.proposals}{ok(len(total.false) <= WANTED['false'])}")
    for field in FIELDS:
        print(f"  {field:<16} {total.right[field]:>3} of {total.of[field]:<3} {total.share(field):6.1%}{ok(total.share(field) >= WANTED[field])}")


def made_up(cues: Cues, gazetteer: Gazetteer) -> None:
    """The made-up articles beside the tests, folder by folder."""
    for folder in sorted(path for path in ARTICLES.iterdir() if path.is_dir()):
        total = Count()
        for path in sorted(folder.glob("*.txt")):
            article = load(path)
            count(article, read(article.text, cues, gazetteer), total)
        print(
            f"\nMade-up articles, {folder.name}: found {total.found} of {total.wanted}, events {total.events_found} of {total.events_wanted}, false {total.false} of {total.proposals}"
        )
        print("  " + " · ".join(f"{name} {total.right[name]} of {total.of[name]} ({total.share(name):.1%})" for name in OWN_FIELDS))
        print("".join(f"  {remark}\n" for remark in total.remarks), end="")


def supposed(cues: Cues, gazetteer: Gazetteer) -> None:
    """What is supposed of funders, against what somebody who had not seen the rules supposed."""
    people = rows(ARTICLES / "payers.csv")
    total = Counter[str]()
    for path in sorted((ARTICLES / "fifth").glob("*.txt")):
        total += judged(path.stem, read(load(path).text, cues, gazetteer), people)
    print(
        f"\nSupposed funders on the fifth folder, against a person's ({len(people)} figures): " + ", ".join(f"{name} {n}" for name, n in sorted(total.items()))
    )


def left_to_do(cues: Cues, gazetteer: Gazetteer, data: Path) -> None:
    """What ``check`` asks of the person, by column, when the workbooks of all made-up articles are handed in as they were filled."""
    governments = {row["government"] for row in rows(data / "raw" / "reference" / "governments.csv")}
    known = Known.of(transcripts(data / "raw" / "press", governments), rows(data / "raw" / "press" / "programmes.csv"))
    tables, asked, proposals, cells = load_tables(data), Counter[str](), 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        for path in sorted(ARTICLES.rglob("*/*.txt")):
            reading = read(load(path).text, cues, gazetteer, known=known)
            file = ArticleFile(path.name, reading.article.lines[0], sha256(path.read_bytes()).hexdigest())
            filled = entries_of(file, reading, data)
            book = Path(scratch) / "a.xlsx"
            book.write_bytes(template(tables, "ko", proposals=filled))
            asked.update(fault.column or fault.sheet for fault in checked_file(book, data, None, None, "ko").faults)
            proposals += len(filled)
            cells += sum(value not in (None, "") for row in filled for key, value in row.items() if key not in ("kind", "mark", "remarks"))
    print(
        f"\nHanded in as filled: {proposals} rows, {cells} cells written; check asks for {asked.total()}: "
        + ", ".join(f"{title} {n}" for title, n in asked.most_common())
    )


def splits(found: list[Truth], cues: Cues, gazetteer: Gazetteer) -> None:
    """Figures on three documents and on the other two, for all ten splits, with the rules that three documents need:
    alone, and together with those that the made-up articles need."""
    single = alternatives(cues)
    articles = [load(path) for path in sorted(ARTICLES.rglob("*/*.txt"))]
    with Pool() as pool:
        needed = dict(
            zip([t.file for t in found], pool.map(partial(_needed, single, gazetteer), [(t.text, t.published) for t in found], chunksize=1), strict=True)
        )
        others = set[int]().union(*pool.map(partial(_needed, single, gazetteer), [(a.text, a.published) for a in articles], chunksize=1))
    print(
        f"\nTen splits: {len(single.rows)} single rules; "
        + ", ".join(f"{file[:3]} needs {len(rules)}" for file, rules in needed.items())
        + f", {len(articles)} made-up articles {len(others)}"
    )
    for title, more in (("Only the rules that the three need", set[int]()), ("The rules that the three or the made-up articles need", others)):
        print(f"  {title}\n  {'tuned on':<12}{'rules':>6}   {'found':>12}{'false':>8}" + "".join(f"{field:>20}" for field in FIELDS))
        for three in itertools.combinations(found, 3):
            kept = more.union(*(needed[t.file] for t in three))
            some = Cues(tuple(cue for n, cue in enumerate(single.rows) if n in kept))
            sides = [score([(t, read(t.text, some, gazetteer, published=t.published)) for t in found if (t in three) is tuned]) for tuned in (True, False)]
            shares = "".join(f"{f'{sides[0].share(f):.0%} → {sides[1].share(f):.0%}':>20}" for f in FIELDS)
            counts = f"{f'{sides[0].found}/{sides[0].wanted} → {sides[1].found}/{sides[1].wanted}':>16}{f'{len(sides[0].false)} → {len(sides[1].false)}':>8}"
            print(f"  {' '.join(t.file[:3] for t in three):<12}{len(kept):>6}{counts}{shares}")


def _needed(single: Cues, gazetteer: Gazetteer, given: tuple[str, date | None]) -> set[int]:
    """The rules without which this text would be read otherwise."""
    text, published = given

    def reading(cues: Cues) -> object:
        r = read(text, cues, gazetteer, published=published)
        return r.published, [(p.span, p.kind, p.proposed) for p in r.proposals]

    whole = reading(single)
    plausible = [n for n, cue in enumerate(single.rows) if any(s in cue.cue for s in "^⟦$") or cue.pattern.search(text)]
    needed = {n for n in plausible if reading(Cues(single.rows[:n] + single.rows[n + 1 :])) != whole}
    # Of rules that stand in for each other none is needed alone: keep those that are needed once the others are gone.
    rest = [n for n in plausible if n not in needed]
    for n in rest:
        if reading(Cues(tuple(cue for m, cue in enumerate(single.rows) if m in needed or (m in rest and m > n)))) != whole:
            needed.add(n)
    return needed


def speed(data: Path) -> float:
    """Seconds for a text of twenty pages, start of the program included, the best of three."""
    figures = "시는 올해 인공지능 실증 지원 사업에 국비 50억 원과 시비 30억 원 등 총 80억 원을 투입해 100개 기업을 지원하고 인재 200여 명을 양성할 계획이다. "
    plain = "이를 바탕으로 산업과 행정 전반에 새로운 기술을 확산하고 시민이 일상에서 변화를 느낄 수 있도록 관계 기관과 긴밀히 협력한다는 방침이다. "
    text = "입력 2025-03-04\n" + "\n".join(figures + plain * 3 for _ in range(20 * 6))
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "long.txt"
        path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-c", "from budgets.cli import main; main()", "read", str(path), "--json", "--data", str(data)]
        times = []
        for _ in range(3):
            began = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            times.append(time.perf_counter() - began)
    print(f"\n{len(text):,} characters (about 20 pages, 600 figures): {min(times):.2f} s with start-up")
    return min(times)


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--figures", type=Path, default=SHARED / "figures" / "press_figures.csv")
    options.add_argument("--texts", type=Path, default=SHARED / "sources")
    options.add_argument("--no-splits", action="store_true", help="leave out the ten splits (some minutes)")
    given = options.parse_args()
    data = default_data()
    slow = speed(data) > 2.0
    cues = Cues.of(rows(data / "rulings" / "reader_cues.csv", COLUMNS))
    gazetteer = Gazetteer.of(rows(data / "raw" / "reference" / "governments.csv"))
    made_up(cues, gazetteer)
    supposed(cues, gazetteer)
    left_to_do(cues, gazetteer, data)
    if not given.figures.is_file() or not given.texts.is_dir():
        print(f"No texts to measure on: {given.texts}")
        return int(slow)
    found = truths(given.figures, given.texts, data)

    def readings(tense: Marks = marks) -> list[tuple[Truth, Reading]]:
        return [(t, read(t.text, cues, gazetteer, published=t.published, tense=tense)) for t in found]

    total = score(readings())
    table("What is proposed, said or supposed, against the copy", total)
    table("What is said alone, against the copy", score(readings(), "said"))
    transcribed = score(readings(), "transcript")
    table("What is said, against the transcripts (unknown where the text does not say)", transcribed)
    for title, lines in (
        ("Missed", total.missed),
        ("False", total.false),
        ("Other than the copy", total.wrong),
        ("Other than the transcripts", transcribed.wrong),
    ):
        print(f"\n{title}: {len(lines)}" + "".join(f"\n  {line}" for line in lines))
    try:
        began = time.perf_counter()
        tense, stops = kiwi()
        loading = time.perf_counter() - began
        own, phrases.stops = phrases.stops, stops
        table(f"With morphology (kiwipiepy, {loading:.1f} s to load)", score(readings(tense)))
        phrases.stops = own
    except ImportError:
        print("\nWithout kiwipiepy installed there is no comparison with morphology.")
    if not given.no_splits:
        splits(found, cues, gazetteer)
    good = total.found >= WANTED["found"] and len(total.false) <= WANTED["false"] and all(total.share(f) >= WANTED[f] for f in FIELDS)
    return int(slow or not good)


if __name__ == "__main__":
    sys.exit(main())
