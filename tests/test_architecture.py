"""The rules of the house that no linter knows. Every exception stands here, with its reason."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "mbl"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 250, 40

LONG_FILES: dict[str, str] = {}
"""Files that are longer, each with its reason."""

LONG_FUNCTIONS = {
    "cli/add.py:add": "its parameters are the options of `mbl add`",
    "cli/rank.py:rank": "its parameters are the options of `mbl rank`",
    "cli/imports.py:import_": "its parameters are the options of `mbl import`",
    "cli/edit.py:edit": "the options of `mbl edit`",
}
"""Functions that are longer, each with its reason."""

OUTSIDE = {
    "model": {"os", "pathlib", "subprocess", "time", "secrets", "random", "socket", "shutil", "tempfile"},
    "core": {"os", "pathlib", "subprocess", "time", "secrets", "socket", "shutil", "tempfile"},
    "importers": {"os", "pathlib", "subprocess", "time", "secrets", "random", "socket", "shutil", "tempfile"},
}
CLOCKS = {"today", "now", "utcnow", "time", "time_ns", "monotonic"}


def name_of(module: Path) -> str:
    return module.relative_to(SOURCE).as_posix()


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Every import, also those inside functions: the top package and the name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module.partition(".")[0], alias.name) for alias in node.names)


def pure_modules() -> list[Path]:
    return [module for module in MODULES if module.relative_to(SOURCE).parts[0] in OUTSIDE]


every_module = pytest.mark.parametrize("module", MODULES, ids=name_of)
every_pure_module = pytest.mark.parametrize("module", pure_modules(), ids=name_of)


def test_a_file_has_at_most_250_lines_unless_it_says_why() -> None:
    long = {
        name_of(module) for module in MODULES if len(module.read_text("utf-8").splitlines()) > LONGEST_FILE
    }
    assert long - LONG_FILES.keys() == set()
    assert LONG_FILES.keys() - long == set(), "no longer long: take it off the list"


def test_a_function_has_at_most_40_lines_unless_it_says_why() -> None:
    long = {
        f"{name_of(module)}:{function.name}"
        for module in MODULES
        for function in functions(tree_of(module))
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    }
    assert long - LONG_FUNCTIONS.keys() == set()
    assert LONG_FUNCTIONS.keys() - long == set(), "no longer long: take it off the list"


@every_module
def test_a_module_says_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(tree_of(module))


@every_module
def test_a_public_function_states_its_fact(module: Path) -> None:
    public = [
        node
        for node in tree_of(module).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    assert [function.name for function in public if not ast.get_docstring(function)] == []


@every_pure_module
def test_the_nouns_the_verbs_and_the_importers_know_no_outside_world(module: Path) -> None:
    room = module.relative_to(SOURCE).parts[0]
    assert {package for package, _ in imported(tree_of(module))} & OUTSIDE[room] == set()


@every_pure_module
def test_the_day_is_an_argument_and_chance_has_a_seed(module: Path) -> None:
    tree = tree_of(module)
    assert {name for package, name in imported(tree) if package == "random"} <= {"Random"}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    clocks = [
        call.func.attr for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in CLOCKS
    ]
    unseeded = [
        call
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "Random" and not call.args
    ]
    assert not clocks
    assert not unseeded


def test_the_tests_have_the_rooms_of_the_source() -> None:
    rooms = {folder.name for folder in SOURCE.iterdir() if folder.is_dir()}
    tested = {
        path.parent.relative_to(ROOT / "tests").parts[0] for path in (ROOT / "tests").glob("*/**/test_*.py")
    }
    assert tested <= rooms


def test_no_two_test_files_have_one_name() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("*.py") if path.name != "conftest.py"]
    assert sorted(names) == sorted(set(names))


def test_the_project_names_no_machine() -> None:
    place = re.compile(r"(?:^|[\s\"'`(=:])/(?:wor[k]|roo[t]|hom[e]|User[s])/|C:\\User[s]")
    folders = ("src", "tests", "docs", "examples", "benchmarks", ".ci")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [path for path in ROOT.iterdir() if path.is_file()]
    texts = (path for path in files if path.suffix != ".pyc")
    found = [path.name for path in texts if place.search(path.read_text("utf-8", "replace"))]
    assert found == []
