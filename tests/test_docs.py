"""The pages say what the program does: generated ones are fresh, links lead somewhere, named commands exist."""

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType

import pytest

from mbl.cli.app import app, built
from mbl.cli.table import COMMANDS, all_rows

ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "examples").glob("*/README.md")),
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
GLOBAL = {
    "--root",
    "--today",
    "--no-color",
    "--quiet",
    "-q",
    "--version",
    "--help",
    "-h",
    "--install-completion",
}


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """docs/generate.py, which is a script."""
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_generated_page_or_picture_is_stale(
    generate: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    code = generate.main(["--check"])
    assert code == 0, capsys.readouterr().out


def test_a_stale_page_is_named_and_only_written_without_check(
    generate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale, fresh = tmp_path / "stale.md", tmp_path / "fresh.md"
    stale.write_text("old")
    fresh.write_text("new")
    monkeypatch.setattr(generate, "pages", lambda: {stale: "new", fresh: "new"})
    assert generate.main(["--check"]) == 1
    assert stale.read_text() == "old"
    said = capsys.readouterr().out
    assert "stale.md" in said
    assert "fresh.md" not in said
    assert generate.main([]) == 0
    assert stale.read_text() == "new"


def test_a_picture_is_stale_when_it_shows_other_words(generate: ModuleType, tmp_path: Path) -> None:
    picture = tmp_path / "list.svg"
    picture.write_text('<text x="1">Webinar&#160;for</text>')
    assert generate._same(picture, '<text class="other">Webinar for</text>')
    assert not generate._same(picture, '<text x="1">Webinar&#160;at</text>')


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as git hosts make them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        linked = (page.parent / path).resolve() if path else page
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), target


def named_commands(text: str) -> list[list[str]]:
    """Every command line of mbl that stands in code, as words; what modules say of themselves is no promise."""
    text = re.sub(r"<!-- made by make docs: house -->.*?<!-- end -->", "", text, flags=re.DOTALL)
    fenced = "\n".join(re.findall(r"^```.*?^```$", text, re.MULTILINE | re.DOTALL))
    spans = re.findall(r"(?<!`)`(mbl [^`\n]+)`(?!`)", text)
    lines = re.findall(r"^\s*(?:\$ )?(mbl .+)$", fenced, re.MULTILINE)
    return [shlex.split(line, comments=True) for line in (*spans, *lines)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_and_option_that_a_page_names_exists(page: Path) -> None:
    for words in named_commands(page.read_text("utf-8")):
        given = words[1:]
        while given and given[0].startswith("-"):
            assert given[0] in GLOBAL, words
            given = given[2:] if given[0] in ("--root", "--today") else given[1:]
        if not given or given[0].isupper() or given[0] == "[OPTIONS]":
            continue
        assert given[0] in COMMANDS, words
        name = " ".join(given[:2]) if " ".join(given[:2]) in all_rows() else given[0]
        options = {
            spelled for parameter in built(name, all_rows()[name]).params for spelled in parameter.opts
        }
        unknown = {word for word in given[1:] if re.match(r"--?[a-z]", word)} - options - GLOBAL
        assert not unknown, words


def test_every_command_has_its_place_on_the_page_of_commands() -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert app.info.name == "mbl"
    groups = dict.fromkeys(row.group for row in COMMANDS.values())
    rows = [(name, row) for group in groups for name, row in COMMANDS.items() if row.group == group]
    by_group = list(all_rows(dict(rows)))
    assert set(by_group) > set(COMMANDS)
    assert re.findall(r"^### mbl (.+)$", page, re.MULTILINE) == by_group
