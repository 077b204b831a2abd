"""The house: imports point one way, every word is said in two languages, both environments agree, nothing names a machine."""

import ast
import re
import string
import sys
import tomllib
from pathlib import Path

import pytest

from budgets.words import LANGUAGES, catalogue, text, with_particles
from conftest import ROOT

SOURCE = ROOT / "src" / "budgets"
ROOMS: tuple[tuple[str, ...], ...] = (
    ("words", "checkout", "late", "rows", "asked"),
    ("errors",),
    ("disk",),
    ("vocabulary", "glossary", "characters"),
    ("amounts",),
    ("schema",),
    ("contract", "contract_arrow"),
    ("rulings",),
    ("tables",),
    ("sources",),
    ("lines", "references"),
    ("clean",),
    ("basis",),
    ("comparison",),
    ("measures", "survey", "official"),
    ("verification", "reading"),
    ("passport",),
    ("reader", "revisions"),
    ("intake",),
    ("page",),
    ("charts", "workbook", "essay"),
    ("lens",),
    ("reports",),
    ("cli",),
)
"""From the ground to the roof. A room may import from any room before it, and none after it or beside it."""
FLOOR = {room: floor for floor, rooms in enumerate(ROOMS) for room in rooms}
FREE = {"__init__"}
"""The front door names every room, and imports none of them before it is asked."""


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def private_names_of_other_rooms(path: Path) -> set[str]:
    """``module._name`` and ``from budgets.room import _name`` where the module is of another room."""
    tree, modules, found = ast.parse(path.read_text(encoding="utf-8")), set[str](), set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "budgets":
            for alias in node.names:
                room = [*node.module.split("."), alias.name][1]
                if room != room_of(path):
                    modules.add(alias.asname or alias.name)
                    found |= {alias.name} if alias.name.startswith("_") else set()
    reads = {(node.value.id, node.attr) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)}
    return found | {f"{module}.{name}" for module, name in reads if module in modules and name.startswith("_") and not name.startswith("__")}


def rooms_imported(path: Path) -> set[str]:
    """The rooms a module imports, wherever in it, also for types alone."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "budgets":
            below = node.module.split(".")[1:]
            found |= {below[0]} if below else {alias.name for alias in node.names}
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("budgets.")}
    return found


MODULES = sorted(SOURCE.rglob("*.py"))


def test_every_room_has_its_floor() -> None:
    assert {room_of(path) for path in MODULES} - FREE == set(FLOOR)


@pytest.mark.parametrize("room", sorted(FLOOR))
def test_imports_point_one_way(room: str) -> None:
    for path in (p for p in MODULES if room_of(p) == room):
        for imported in rooms_imported(path) - {room}:
            assert FLOOR.get(imported, 99) < FLOOR[room], f"{path.relative_to(SOURCE)} imports {imported}, which is not below {room}"


def test_no_room_uses_what_another_keeps_to_itself() -> None:
    assert not {(path.name, name) for path in MODULES if (names := private_names_of_other_rooms(path)) for name in names}


def test_no_room_is_a_lumber_room() -> None:
    assert not {p.stem for p in MODULES} & {"utils", "helpers", "common", "base", "manager", "misc"}


@pytest.mark.parametrize("room", sorted({*FLOOR, *FREE}))
def test_modules_are_a_few_screens_and_say_what_they_are(room: str) -> None:
    for path in (p for p in MODULES if room_of(p) == room):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 300, path
        assert ast.get_docstring(ast.parse(text)), f"no docstring in {path}"


# ---- words ----


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("table", sorted({key.partition(".")[0] for key in catalogue()}))
def test_every_word_is_said_in_both_languages_with_the_same_fields(table: str) -> None:
    for key, entry in catalogue().items():
        if key.partition(".")[0] != table:
            continue
        assert set(LANGUAGES) <= set(entry) and all(entry[language].strip() for language in LANGUAGES), key
        # A field may be the same thing in either language: {column} and {column_en}; the 4 of 4월, and April.
        said = {language: {"m" if name == "month" else re.sub("_(ko|en)$", "", name) for name in fields(entry[language])} for language in LANGUAGES}
        assert said["ko"] - {"name"} == said["en"] - {"name"}, (key, entry)


def test_korean_words_are_korean_and_english_ones_english() -> None:
    """Units, codes and signs may be the same in both; sentences may not."""
    for key, entry in catalogue().items():
        if len(re.findall(r"[A-Za-z]{2,}", re.sub(r"\{[^}]*\}", "", entry["en"]))) >= 4:
            assert re.search("[가-힣]", entry["ko"]), key
            quoted = re.sub(r"[‘“(「][^’”)」]*[’”)」]|약|\{[^}]*\}", "", entry["en"])
            assert not re.search("[가-힣]{5,}", quoted), f"{key}: {entry['en']}"


def test_every_word_that_the_code_asks_for_is_there() -> None:
    asked = re.compile(r"""(?:text|Error|say|Fault|fault)\([^()\n]*?["']([a-z_]+(?:\.[a-z_]+)+)["']""")
    found = {key for path in MODULES if room_of(path) != "words" for key in asked.findall(path.read_text(encoding="utf-8")) if not key.startswith("budgets.")}
    assert len(found) > 60
    known = set(catalogue()) | {key.removeprefix("workbook.") for key in catalogue()}  # the workbook's own words are asked for without it
    assert not {key for key in found - known if not any(whole.startswith(f"{key}.") for whole in known)}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("서울은(는)", "서울은"),
        ("경기은(는)", "경기는"),
        ("‘phase’이(가)", "‘phase’가"),
        ("2025을(를)", "2025를"),
        ("2026을(를)", "2026을"),
        ("KRW(이)라고", "KRW라고"),
        ("서울(이)라는", "서울이라는"),
        ("‘탭’(으)로", "‘탭’으로"),
        ("경기(으)로", "경기로"),
        ("서울(으)로", "서울로"),
        ("Excel(으)로 7(으)로 3(으)로", "Excel로 7로 3으로"),
        ("‘’을(를) ‘…’이(가) 5%과(와)", "‘’를 ‘…’가 5%와"),
        ("(은(는)) 그대로", "(은(는)) 그대로"),
    ],
)
def test_particles_follow_the_word_before_them(written: str, said: str) -> None:
    assert with_particles(written) == said


class Anything(str):
    """A value that fits whatever format a message asks of it."""

    def __format__(self, spec: str) -> str:
        return str(self)


@pytest.mark.parametrize("value", ["서울", "경기", "2024", "2026", "KRW", "a.html", "5%", "긴 글…", ";", "\N{REPLACEMENT CHARACTER}"])
def test_no_korean_message_shows_both_forms_of_a_particle(value: str) -> None:
    both = re.compile(r"[은이을과]\([는가를와라]\)|\([으이]\)|[은이을와]/[는가를과]")
    for key, entry in catalogue().items():
        said = text(key, "ko", **dict.fromkeys(fields(entry["ko"]), Anything(value)))
        assert not both.search(said), (key, said)


def test_no_korean_message_settles_a_particle_before_it_knows_the_word() -> None:
    """‘{given}’을 is wrong for every other word; ‘{given}’을(를) is not."""
    settled = re.compile(r"\}[’”\"]*(?:은|는|이|가|을|를|과|와|으?로|이?라고|이?라는)(?=[ ,.:)]|$)")
    assert not {key: hit[0] for key, entry in catalogue().items() if (hit := settled.search(entry["ko"]))}


# ---- environments ----


COMES_WITH = {
    "vl_convert": "vl_convert_python", "markdown_it": "markdown_it_py", "click": "typer", "markupsafe": "jinja2", "numpy": "pandas",
    "jupyter_client": "nbclient", "jupyter_core": "nbclient", "traitlets": "nbclient", "zmq": "ipykernel",
}  # fmt: skip
"""Modules that a declared dependency brings along as its own."""


def requirements(name: str) -> str:
    return re.sub(r"\[.*?\]", "", name).replace(" ", "")


def test_conda_and_pip_ask_for_the_same() -> None:
    yaml = pytest.importorskip("yaml")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    (pip,) = [entry["pip"] for entry in conda if isinstance(entry, dict)]
    given = {entry for entry in conda if isinstance(entry, str)} - {"pip"}
    assert f"python{project['requires-python']}" in given
    assert {requirements(d) for d in project["dependencies"]} == (given - {f"python{project['requires-python']}"}) | (set(pip) - {"-e ."})


def test_every_dependency_is_locked_within_its_range() -> None:
    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==([^ ;\\]+)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.M))
    for wanted in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        requirement = Requirement(wanted)
        assert locked[requirement.name.lower()] in requirement.specifier, wanted


def test_the_declared_dependencies_are_those_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {re.split(r"[^A-Za-z0-9_-]", d)[0].lower().replace("-", "_") for d in project["dependencies"]}
    imported = set()
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:  # what is needed as soon as the module is
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            imported |= {name.split(".")[0] for name in names}
    outside = {COMES_WITH.get(name, name.lower()) for name in imported - set(sys.stdlib_module_names) - {"budgets"}}
    assert outside <= named, outside - named


# ---- nothing names a machine ----

TEXTS = [
    path
    for folder in ("src", "notebooks", "docs", "reports", "data/raw", "data/rulings", "data/clean", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".py", ".toml", ".md", ".ipynb", ".csv", ".json", ".j2", ".css", ".js", ".yml"} and not {"out", ".venv"} & set(path.parts)
]


def test_no_file_names_a_machine() -> None:
    machine = re.compile(r"(?<![\w.:/])/(?:home|Users|work|root|tmp|mnt)/\w|[A-Z]:\\\\")
    wrong = [(str(p.relative_to(ROOT)), m[0]) for p in TEXTS for m in machine.finditer(p.read_text(encoding="utf-8"))]
    assert len(TEXTS) > 100 and wrong == []


def test_files_are_utf8_with_plain_line_ends() -> None:
    for path in TEXTS:
        content = path.read_bytes()
        assert b"\r" not in content, path
        assert not content or content.endswith(b"\n"), path
