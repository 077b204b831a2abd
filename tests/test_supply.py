"""What we build on: every library locked with its hashes, its licence listed, and none that could not stand beside MIT."""

import re

import pytest

import licences
from conftest import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LISTED = dict(re.findall(r"^\| ([\w.-]+) \| (?:\S+) \| (.+?) \| (?:report|tools) \|$", (ROOT / "docs" / "licences.md").read_text(encoding="utf-8"), re.M))


def test_every_locked_library_has_hashes() -> None:
    entries = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.M)
    pinned = [entry for entry in entries if re.match(r"[a-z0-9]", entry)]
    assert len(pinned) == len(licences.locked()) > 150
    for entry in pinned:
        assert re.match(r"[a-z0-9][a-z0-9._-]*(\[[^\]]*\])?==\S+", entry), entry.split("\n")[0]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry.split("\n")[0]
    assert not re.search(r"--hash=(?!sha256:)|--index-url|--extra-index-url|--trusted-host|git\+|https?:", LOCK)


def test_the_set_up_asks_for_the_hashes() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--require-hashes -r requirements.lock" in makefile


def test_the_list_names_every_locked_library_with_its_version() -> None:
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| ([\w.-]+) \| (\S+) \| .+ \|$", text.split("|---|", 1)[1], re.M) == licences.locked()


@pytest.mark.parametrize("name", sorted({name for name, _ in licences.locked()}))
def test_the_listed_licence_is_the_one_the_package_states(name: str) -> None:
    said = licences.stated(name)
    assert LISTED[name] == (licences.licence(name) if said is None or not LISTED[name] else said or licences.UNSTATED[name])


def test_everything_a_report_needs_may_stand_beside_mit() -> None:
    needed = {name for name, _ in licences.locked()} & licences.runtime()
    assert len(needed) > 80
    fine = licences.PERMISSIVE | licences.UNCHANGED
    assert {name: LISTED[name] for name in sorted(needed) if not licences.words(LISTED[name]) <= fine} == {}


def test_no_tool_is_under_a_licence_that_leaves_no_choice() -> None:
    """A tool may offer the GPL beside another licence; alone it is not used."""
    fine = licences.PERMISSIVE | licences.UNCHANGED | {"Artistic-1.0"}
    assert [name for name, said in LISTED.items() if not licences.words(said) & fine] == []
