"""What the shell offers while a command is typed: commands, ids with titles, field values; in bash, zsh and fish."""

import os
import shutil
import sys
from pathlib import Path
from subprocess import run

import pytest

from world import Said, environment, files, mbl, write_item

BIN = Path(sys.executable).parent
SHELLS = ("bash", "zsh", "fish")


def complete(monkeypatch: pytest.MonkeyPatch, shell: str, line: str) -> Said:
    """What mbl answers when the shell's script asks for the last word of the line."""
    words = line.split(" ")
    asked = {"_MBL_COMPLETE": f"complete_{shell}"}
    if shell == "bash":
        asked |= {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    else:
        asked |= {"_TYPER_COMPLETE_ARGS": line}
    if shell == "fish":
        asked |= {"_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    with monkeypatch.context() as patch:
        for name, value in asked.items():
            patch.setenv(name, value)
        return mbl()


OFFERS = (
    ("mbl ca", ["capacity"], ["accept", "list"]),
    ("mbl re", ["reopen"], ["rank"]),
    ("mbl list --tea", ["--team"], ["--text"]),
    ("mbl edit 1 --dep", ["--depends-on"], []),
    ("mbl list --status ", ["request", "committed", "all"], []),
    ("mbl list --status com", ["committed"], ["request"]),
    ("mbl list --status request,do", ["request,doing", "request,done"], ["request,declined"]),
    ("mbl list --moscow m", ["must"], ["should"]),
    ("mbl list --requester vp", ["vp-sales"], ["cmo"]),
    ("mbl list --outcome p", ["pipeline"], ["brand"]),
    ("mbl list --label ", ["q4"], []),
    ("mbl list --columns id,ti", ["id,title"], []),
    ("mbl list --sort mos", ["moscow"], []),
    ("mbl list -f j", ["json"], ["csv"]),
    ("mbl add x --type w", ["webinar"], ["email"]),
    ("mbl add x --audience ", ["cto"], []),
    ("mbl edit 1 --team gr", ["growth"], []),
    ("mbl accept fgh", ["fgh44"], ["xzc55"]),
    ("mbl accept kdw", ["kdw22", "kdw33"], ["fgh44"]),
    ("mbl accept ", ["kdw22", "fgh44", "xzc55"], ["hrd77"]),
    ("mbl reopen h", ["hrd77"], ["kdw22"]),
    ("mbl reopen ", ["hrd77", "bnn88", "vdd99"], ["fgh44"]),
    ("mbl rank 1 --above pq", ["pqr66"], []),
    ("mbl capacity --without kdw2", ["kdw22"], []),
    ("mbl capacity --by te", ["team"], []),
    ("mbl import c", ["csv"], []),
    ("mbl schema it", ["item"], []),
)


@pytest.mark.parametrize("row", OFFERS, ids=lambda row: row[0])
@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_is_offered_what_fits(
    small: Path, monkeypatch: pytest.MonkeyPatch, shell: str, row: tuple[str, list[str], list[str]]
) -> None:
    line, offered, kept_back = row
    said = complete(monkeypatch, shell, line)
    assert (said.code, said.err) == (0, "")
    assert [word for word in offered if word not in said.out] == []
    assert [word for word in kept_back if word in said.out] == []


def test_ids_come_with_their_titles(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert complete(monkeypatch, "zsh", "mbl show fgh").out.strip() == (
        '_arguments \'*: :(("fgh44":"Newsletter in spring"))\''
    )
    assert complete(monkeypatch, "fish", "mbl show fgh").out == "fgh44\tNewsletter in spring\n"
    assert complete(monkeypatch, "bash", "mbl show fgh").out == "fgh44\n", "one alone is put in as it is"
    assert complete(monkeypatch, "bash", "mbl show kdw").out.splitlines() == [
        "kdw22  Webinar for CTOs",
        "kdw33  Landing page",
    ]


def test_names_of_several_words_are_quoted_for_bash(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert complete(monkeypatch, "bash", "mbl list --requester VP").out == "VP\\ Sales\n"
    assert complete(monkeypatch, "fish", "mbl list --requester VP").out == "VP Sales\n"


def test_what_a_file_describes_is_offered_before_anybody_uses_it(
    acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (acme / "items").iterdir():
        path.unlink()
    assert complete(monkeypatch, "bash", "mbl add x --team ").out.split() == ["brand", "content", "growth"]
    assert "pipeline" in complete(monkeypatch, "bash", "mbl add x --outcome ").out.split()
    assert "dealers" in complete(monkeypatch, "bash", "mbl add x --audience d").out.split()
    assert "yuki" in complete(monkeypatch, "bash", "mbl add x --owner y").out.split()


EVIL = (
    "[/red] x [bold]",
    "$(touch owned)",
    "`touch owned`",
    "\\$(touch owned)",
    '"; touch owned; "',
    "'; touch owned; '",
    "\x1b[31m",
    "a\nb\tc",
    "* ? ~ #",
    "\\",
)


def test_a_title_can_do_no_harm_to_a_shell(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, title in enumerate(EVIL):
        write_item(small, {
            "id": f"zz{'bcdfghjkmnp'[number]}22", "rank": f"b{number}V", "title": title, "requester": f"a {title}",
        })  # fmt: skip
    before = files(small)
    for shell in SHELLS:
        for line in ("mbl show zz", "mbl list --requester a"):
            said = complete(monkeypatch, shell, line)
            assert (said.code, said.err) == (0, "")
            assert "\x1b" not in said.out
        titles = complete(monkeypatch, shell, "mbl show zz").out
        assert not set("`$\\\"'[]") & set(
            titles.removeprefix("_arguments '*: :((").replace('":"', "").replace('"', "").rstrip("')\n")
        )
    assert files(small) == before


def test_outside_of_a_backlog_or_in_a_broken_one_the_shell_hears_no_complaint(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for line in ("mbl show w", "mbl list --team g", "mbl list --columns t"):
        said = complete(monkeypatch, "bash", line)
        assert (said.code, said.out.strip(), said.err) == (0, "", "")
    assert "capacity" in complete(monkeypatch, "bash", "mbl cap").out
    (here / "mbl.yaml").write_text("schema: [\n")
    assert complete(monkeypatch, "bash", "mbl show w").err == ""


def test_the_backlog_that_is_named_is_asked(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.parent)
    assert complete(monkeypatch, "fish", "mbl --root here show fgh").out == "fgh44\tNewsletter in spring\n"
    monkeypatch.setenv("MBL_ROOT", str(small))
    assert complete(monkeypatch, "fish", "mbl show fgh").out == "fgh44\tNewsletter in spring\n"


def shell(name: str, script: str, cwd: Path) -> Said:
    """A real shell, without the user's own settings, that finds this mbl."""
    quiet = {"bash": ["--norc", "--noprofile"], "zsh": ["-f"], "fish": ["--no-config"]}[name]
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    ran = run(
        [name, *quiet, "-c", script], cwd=cwd, env=environment({"PATH": path}), capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    return Said(ran.returncode, ran.stdout, ran.stderr)


needs = {name: pytest.mark.skipif(shutil.which(name) is None, reason=f"no {name} here") for name in SHELLS}


@needs["bash"]
def test_in_a_real_bash(small: Path) -> None:
    script = """
eval "$(mbl --show-completion)"
complete -p mbl
ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _mbl_completion mbl; printf '<%s>' "${COMPREPLY[@]}"; echo; }
ask mbl cap
ask mbl show fgh
ask mbl accept kdw
ask mbl list --requester VP
ask mbl list --status done,dec
ask mbl list --team zzz
"""
    said = shell("bash", script, small)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "complete -o default -F _mbl_completion mbl",
        "<capacity>",
        "<fgh44>",
        "<kdw22  Webinar for CTOs><kdw33  Landing page>",
        "<VP\\ Sales>",
        "<done,declined>",
        "<>",
    ]


@needs["zsh"]
def test_in_a_real_zsh(small: Path) -> None:
    script = """
autoload -U compinit; compinit -D
_arguments() { print -r -- "$@" }
eval "$(mbl --show-completion)"
words=(mbl show fgh); CURRENT=3; _mbl_completion
"""
    said = shell("zsh", script, small)
    assert '"fgh44":"Newsletter in spring"' in said.out, said.err


@needs["fish"]
def test_in_a_real_fish(small: Path) -> None:
    said = shell("fish", 'mbl --show-completion | source; complete -C "mbl show fgh"', small)
    assert said.out == "fgh44\tNewsletter in spring\n", said.err


@needs["bash"]
def test_installing_touches_only_what_it_says(small: Path) -> None:
    home = Path(os.environ["HOME"])
    (home / ".bashrc").write_text("alias ll='ls -l'\n")
    before = files(small)
    said = shell("bash", "mbl --install-completion; true", small)
    assert "completion installed" in said.out, said.err
    assert set(files(home)) == {".bashrc", ".bash_completions/mbl.sh"}
    assert (home / ".bashrc").read_text().startswith("alias ll='ls -l'\n")
    assert files(small) == before
    asked = shell("bash", f"source {home}/.bashrc; complete -p mbl", small)
    assert asked.out == "complete -o default -F _mbl_completion mbl\n"
    once = (home / ".bashrc").read_text()
    shell("bash", "mbl --install-completion; true", small)
    assert (home / ".bashrc").read_text().count("source '") == once.count("source '") == 1
