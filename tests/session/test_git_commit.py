"""`mbl commit`: exactly the backlog's changed files, in words, and everything else as it was."""

import json
from pathlib import Path

import pytest

from gitworld import (
    body,
    committed,
    git,
    hook,
    pin,
    program,
    replace_line,
    repository,
    set_rank,
    state,
    subject,
    versioned,
)
from world import Said, mbl, write_backlog, write_item

WEBINAR, LANDING, POSTER = "items/kdw22.yaml", "items/kdw33.yaml", "items/pqr66.yaml"


def _done(said: Said) -> Said:
    assert said.code == 0, said.err
    return said


def _users_work(top: Path) -> None:
    """Staged, half-staged, unstaged and new files of the user's own."""
    (top / "notes.txt").write_text("one staged\ntwo\nthree\n")
    (top / "code.py").write_text("print(1)\n")
    git(top, "add", "notes.txt", "code.py")
    (top / "notes.txt").write_text("one staged\ntwo\nthree not staged\n")
    (top / "draft.txt").write_text("new\n")


def _change_backlog(root: Path) -> None:
    """A new, a changed, a deleted and a renamed file."""
    _done(mbl("add", "Fair in May"))
    replace_line(root / WEBINAR, "Webinar for CTOs", "Webinar for all")
    (root / "items/bnn88.yaml").unlink()
    (root / POSTER).rename(root / "items/poster-pqr66.yaml")


@pytest.mark.parametrize("place", ["repo", "below"])
def test_exactly_the_backlogs_changed_files_are_committed(place: str, request: pytest.FixtureRequest) -> None:
    root: Path = request.getfixturevalue(place)
    top = Path(git(root, "rev-parse", "--show-toplevel").strip())
    _users_work(top)
    others = git(top, "status", "--porcelain", "-z"), git(top, "diff", "--cached"), git(top, "diff")
    _change_backlog(root)
    _done(mbl("commit"))
    prefix = git(root, "rev-parse", "--show-prefix").strip()
    fair = next(path.name for path in (root / "items").glob("fair-in-may-*.yaml"))
    names = ["bnn88.yaml", fair, "kdw22.yaml", "poster-pqr66.yaml", "pqr66.yaml"]
    assert committed(top) == [f"{prefix}items/{name}" for name in names]
    assert (git(top, "status", "--porcelain", "-z"), git(top, "diff", "--cached"), git(top, "diff")) == others
    assert body(top).split("\n") == [
        "Edit 1; add 1; remove 1; rename 1",
        "",
        '- edit "Webinar for CTOs": now called "Webinar for all"',
        '- add request "Fair in May"',
        '- remove "Old banner"',
        "- rename items/pqr66.yaml → items/poster-pqr66.yaml",
    ]


def test_a_backlog_file_that_is_partly_staged_is_committed_whole(repo: Path) -> None:
    _users_work(repo)
    others = git(repo, "status", "--porcelain", "-z")
    replace_line(repo / WEBINAR, "Webinar for CTOs", "Webinar, staged")
    git(repo, "add", WEBINAR)
    replace_line(repo / WEBINAR, '"must"', '"should"')
    _done(mbl("commit"))
    assert committed(repo) == [WEBINAR]
    assert git(repo, "show", f"HEAD:{WEBINAR}") == (repo / WEBINAR).read_text()
    assert git(repo, "status", "--porcelain", "-z") == others


def test_what_was_staged_in_every_other_way_is_committed_as_it_lies_in_the_folder(repo: Path) -> None:
    git(repo, "rm", "--cached", "--quiet", WEBINAR)  # gone from the index, still here
    git(repo, "rm", "--quiet", LANDING)  # gone from both
    write_item(repo, {"id": "mmm22", "rank": "a9", "title": "Announced"})
    git(repo, "add", "--intent-to-add", "items/mmm22.yaml")
    write_item(repo, {"id": "mmm33", "rank": "aA", "title": "Staged, then deleted"})
    git(repo, "add", "items/mmm33.yaml")
    (repo / "items/mmm33.yaml").unlink()
    replace_line(repo / WEBINAR, "Webinar for CTOs", "Webinar for all")
    _done(mbl("commit"))
    assert committed(repo) == [WEBINAR, LANDING, "items/mmm22.yaml"]
    assert git(repo, "status", "--porcelain", "--", WEBINAR, LANDING, "items/mmm22.yaml") == ""


ODD = (
    "-leading dash", "with space", "Ümläut", "物流ウェビナー", 'quo"te\'s', "*star?[a-z]", ":(top)magic", "back\\slash",
    "emoji🎉", "new\nline", "#hash",
)  # fmt: skip


def test_paths_of_every_kind_are_committed_and_nothing_that_they_resemble(repo: Path) -> None:
    ids = [f"mmm{a}{b}" for a in "23" for b in "23456789"]
    paths = []
    for id_, name in zip(ids, ODD, strict=False):
        (repo / f"items/{name}-{id_}.yaml").write_text(f"id: {id_}\nrank: a9{id_[-1]}\ntitle: T {id_}\n")
        paths.append(f"items/{name}-{id_}.yaml")
    (repo / "items/starlike.txt").write_text("not ours\n")
    (repo / "items/.hidden.yaml").write_text("not ours\n")
    _done(mbl("commit"))
    assert committed(repo) == sorted(paths)
    assert git(repo, "status", "--porcelain") == "?? items/.hidden.yaml\n?? items/starlike.txt\n"


def test_of_two_backlogs_in_one_repository_each_commits_its_own(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin(monkeypatch)
    versioned(here / "east", top=here)
    write_backlog(here / "west")
    _done(mbl("--root", "west", "commit"))
    assert all(path.startswith("west/") for path in committed(here))
    _done(mbl("--root", "east", "rank", "Poster", "--top"))
    _done(mbl("--root", "west", "rank", "Poster", "--top"))
    _done(mbl("--root", "west", "commit"))
    assert committed(here) == ["west/items/pqr66.yaml"]
    assert git(here, "status", "--porcelain") == " M east/items/pqr66.yaml\n"


def test_the_first_commit_of_an_empty_repository(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)
    _done(mbl("init", "--timezone", "UTC"))
    _done(mbl("add", "Fair in May", "--requester", "cmo"))
    (here / "mine.txt").write_text("mine\n")
    git(here, "add", "mine.txt")
    _done(mbl("commit"))
    assert subject(here) == f"Add 1; add mbl.yaml and {len(committed(here)) - 2} more"
    assert '- add request "Fair in May" (asked by cmo)' in body(here).splitlines()
    assert git(here, "status", "--porcelain") == "A  mine.txt\n"


def test_two_thousand_changed_files_at_once(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)
    repository(write_backlog(here, ()))
    letters = "bcdfghjkmnpqrstvwxz"
    for number in range(2000):
        id_ = f"b{letters[number // 361 % 19]}{letters[number // 19 % 19]}{letters[number % 19]}2"
        (here / f"items/ä request with a rather long name {id_}-{id_}.yaml").write_text(
            f"id: {id_}\ntitle: Request {id_}\n"
        )
    _done(mbl("commit"))
    assert len(committed(here)) == 2001
    assert subject(here) == "Add 2000; add mbl.yaml"
    assert body(here).splitlines()[-1] == "- … and 1801 more"
    assert git(here, "status", "--porcelain") == ""


def test_the_message_says_in_words_what_changed(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pin(monkeypatch)
    ids = [f"kkk{number:02}".replace("0", "z").replace("1", "x") for number in range(20)]
    items = [
        {"id": id_, "rank": f"a{'0123456789ABCDEFGHIJ'[at]}", "title": f"Request {at + 1}"}
        for at, id_ in enumerate(ids)
    ]
    items[13]["title"] = "Webinar for CTOs"
    versioned(here, items=items)
    _done(mbl("accept", "Request 20", "Request 19"))
    _done(mbl("decline", "Request 18", "--reason", "No outcome\nthis quarter"))
    _done(mbl("rank", "Webinar", "--to", "3"))
    _done(mbl("commit"))
    assert body(here).splitlines() == [
        'Rank: "Webinar for CTOs" 14 → 3; accept 2; decline 1',
        "",
        '- rank "Webinar for CTOs" 14 → 3',
        '- accept "Request 19"',
        '- accept "Request 20"',
        '- decline "Request 18": No outcome this quarter',
    ]


HOSTILE = {
    "a newline": ("first\nsecond", 'Add request "first second"'),
    "a hash": ("# not a comment", 'Add request "# not a comment"'),
    "quotes": ("say \"yes\" and 'no'", 'Add request "say "yes" and \'no\'"'),
    "5,000 characters": ("x" * 5000, f'Add request "{"x" * 79}…"'),
    "an escape sequence": ("\x1b[31mred\x1b[0m \x00 end", 'Add request "[31mred [0m end"'),
    "text turned round": ("abc \u202efed", 'Add request "abc fed"'),
    "Japanese": ("物流ウェビナー", 'Add request "物流ウェビナー"'),
    "dollars and backticks": (
        "$(touch hacked) `touch hacked`",
        'Add request "$(touch hacked) `touch hacked`"',
    ),
}


def test_titles_of_every_kind_survive_in_the_message(repo: Path) -> None:
    for title, expected in HOSTILE.values():
        (repo / "items/mmm22.yaml").write_text(f"id: mmm22\nrank: a9\ntitle: {json.dumps(title)}\n")
        _done(mbl("commit"))
        assert subject(repo) == expected
        (repo / "items/mmm22.yaml").unlink()
        _done(mbl("commit"))
    assert not (repo / "hacked").exists()


def test_lines_of_the_message_that_begin_with_a_hash_survive(repo: Path) -> None:
    _done(mbl("rank", "Poster", "--top"))
    _done(mbl("commit", "-m", "# Ranks\n\n# after the workshop\n- ümlaut"))
    assert body(repo) == "# Ranks\n\n# after the workshop\n- ümlaut"


def test_files_of_which_no_field_changed_are_named(repo: Path) -> None:
    with (repo / WEBINAR).open("a") as file:
        file.write("# only a comment\nx-mine: 1\n")
    _done(mbl("commit"))
    assert subject(repo) == f"Edit {WEBINAR}"
    (repo / "replies").mkdir()
    (repo / "replies/de.md").write_text("Nein, danke.\n")
    (repo / "replies/picture.png").write_bytes(b"\x89PNG")
    (repo / "mbl.yaml").write_text("schema: 1\nname: Test\ntimezone: UTC\ncapacity: 12.5\n")
    _done(mbl("commit"))
    assert body(repo).splitlines() == [
        "Edit mbl.yaml: capacity 10 → 12.5 and 1 more", "", "- edit mbl.yaml: capacity 10 → 12.5", "- add replies/de.md",
    ]  # fmt: skip
    (repo / "replies/de.md").unlink()
    _done(mbl("commit"))
    assert subject(repo) == "Remove replies/de.md"
    (repo / WEBINAR).chmod(0o755)
    _done(mbl("commit"))
    assert committed(repo) == [WEBINAR]


def test_a_dry_run_says_it_all_and_changes_nothing(repo: Path) -> None:
    _users_work(repo)
    _change_backlog(repo)
    before = state(repo)
    said = _done(mbl("commit", "--dry-run"))
    assert 'Would add request "Fair in May"' in said.out
    planned = _done(mbl("commit", "--dry-run", "-f", "json")).json
    assert planned["commit"] is None
    assert len(planned["paths"]) == 5
    assert state(repo) == before


def test_json_says_what_was_committed(repo: Path) -> None:
    _done(mbl("rank", "Poster", "--top"))
    said = _done(mbl("commit", "-f", "json")).json
    assert (said["schema_version"], said["kind"], said["today"]) == (1, "change", "2026-11-22")
    assert said["paths"] == [POSTER]
    assert said["commit"] == git(repo, "rev-parse", "HEAD").strip()
    assert said["changes"] == [
        {
            "id": "pqr66",
            "what": "moved",
            "field": "rank",
            "before": 5,
            "after": 1,
            "words": 'rank "Poster" 5 → 1',
        }
    ]


def test_nothing_to_commit_is_said_and_is_no_error(repo: Path) -> None:
    _users_work(repo)
    before = state(repo)
    said = _done(mbl("commit"))
    assert (said.out, said.err) == ("", "Nothing to commit.\n")
    said = _done(mbl("commit", "-f", "json"))
    assert (said.json["changes"], said.json["paths"], said.json["commit"]) == ([], [], None)
    assert state(repo) == before


def test_a_broken_file_among_the_changed_ones_stops_the_commit(repo: Path) -> None:
    _done(mbl("rank", "Poster", "--top"))
    before = state(repo)
    (repo / WEBINAR).write_text("id: kdw22\ntitle: [\n")
    said = mbl("commit")
    assert said.code == 1
    assert said.err.startswith(f"{WEBINAR}:")
    assert said.err.endswith("Nothing was committed.\n")
    assert (state(repo).head, state(repo).index) == (before.head, before.index)


def test_a_broken_file_that_did_not_change_stops_nothing(repo: Path) -> None:
    (repo / WEBINAR).write_text("id: kdw22\ntitle: [\n")
    git(repo, "commit", "--quiet", "-am", "Break it")
    _done(mbl("rank", "Poster", "--top", "--commit"))
    assert committed(repo) == [POSTER]
    (repo / WEBINAR).write_text("id: kdw22\nrank: a1\ntitle: Whole again\n")
    _done(mbl("commit"))
    assert committed(repo) == [WEBINAR]


WRITING = {
    "add": ("add", "Fair in May"),
    "edit": ("edit", "Poster", "--estimate", "3d"),
    "rank": ("rank", "Poster", "--top"),
    "accept": ("accept", "fgh44"),
    "start": ("start", "kdw22"),
    "done": ("done", "kdw33"),
    "decline": ("decline", "xzc55"),
    "reopen": ("reopen", "hrd77"),
    "import": ("import", "csv", "list.csv"),
}


@pytest.mark.parametrize("by_setting", [False, True])
def test_every_writing_command_commits_only_what_it_wrote(repo: Path, *, by_setting: bool) -> None:
    if by_setting:
        with (repo / "mbl.yaml").open("a") as file:
            file.write("commit: true\n")
        git(repo, "commit", "--quiet", "-am", "Commit after every change")
    _users_work(repo)
    (repo / "list.csv").write_text("title,estimate\nImported,2d\n")
    with (repo / "items/vdd99.yaml").open("a") as file:
        file.write("# changed by hand\n")
    others = git(repo, "status", "--porcelain")
    for arguments in WRITING.values():
        before = {path: path.read_bytes() for path in (repo / "items").iterdir()}
        said = _done(mbl(*arguments, *([] if by_setting else ["--commit"])))
        written = [path for path in (repo / "items").iterdir() if before.get(path) != path.read_bytes()]
        assert committed(repo) == sorted(f"items/{path.name}" for path in written), arguments
        assert git(repo, "status", "--porcelain") == others
        if arguments[0] != "import":
            assert f"Committed as {git(repo, 'rev-parse', 'HEAD')[:10]}." in said.err


def test_nothing_changed_nothing_committed(repo: Path) -> None:
    before = state(repo)
    _done(mbl("rank", "Webinar", "--top", "--commit"))
    assert state(repo) == before


def test_a_hook_that_says_no_is_heard_and_leaves_nothing_staged(repo: Path) -> None:
    _users_work(repo)
    _change_backlog(repo)
    before = state(repo)
    hook(repo, "pre-commit", 'echo "Not on a Friday."; echo "Ask Ben, please: 明日" >&2; exit 1')
    said = mbl("commit")
    assert (said.code, said.out) == (1, "")
    assert "Not on a Friday." in said.err
    assert "Ask Ben, please: 明日" in said.err
    assert state(repo) == before
    said = mbl("commit", "-f", "json")
    assert (said.code, said.out) == (1, "")
    assert "Not on a Friday." in said.error["message"] + said.error["hint"]


def test_a_commit_that_fails_after_saving_says_that_the_files_are_saved(repo: Path) -> None:
    hook(repo, "pre-commit", 'echo "Not on a Friday."; exit 1')
    before = state(repo)
    said = mbl("add", "Fair in May", "--commit")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("The files are saved, but not committed.")
    assert "Not on a Friday." in said.err
    assert said.err.endswith("Then: mbl commit\n")
    assert (state(repo).head, state(repo).index) == (before.head, before.index)
    assert len(list((repo / "items").glob("fair-in-may-*.yaml"))) == 1


def test_the_hooks_of_the_message_run(repo: Path) -> None:
    hook(repo, "prepare-commit-msg", 'printf "MKT-7 %s" "$(cat "$1")" > "$1"')
    hook(repo, "commit-msg", 'printf "\\nReviewed-by: Ben\\n" >> "$1"')
    _done(mbl("rank", "Poster", "--top", "--commit"))
    assert body(repo).splitlines() == ['MKT-7 Rank: "Poster" 5 → 1', "Reviewed-by: Ben"]


def test_hooks_see_the_world_as_with_plain_git(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "ja")
    said = repo.parent / "said"
    hook(
        repo, "pre-commit", f"(echo \"$LANGUAGE\"; git diff --cached --name-only -- 'items/*.yaml') > {said}"
    )
    _users_work(repo)
    _done(mbl("rank", "Poster", "--top", "--commit"))
    assert said.read_text() == f"ja\n{POSTER}\n"


@pytest.mark.parametrize("where", ["repo", "below"])
def test_mbl_works_inside_a_hook(where: str, request: pytest.FixtureRequest, call: str) -> None:
    root: Path = request.getfixturevalue(where)
    told = root.parent / "told"
    hook(root, "pre-commit", f"{call} --root '{root}' check > {told} && {call} --root '{root}' rank 2 --top")
    _done(mbl("rank", "Poster", "--top"))
    _done(mbl("commit"))
    assert committed(root)[-1].endswith(POSTER)
    assert "all is well" in told.read_text()
    replace_line(root / "items/kdw22.yaml", "2026-10-01", "2027-10-01")
    said = mbl("commit")
    assert said.code == 1


def test_signing_is_honoured(repo: Path, tmp_path: Path) -> None:
    yes = program(
        tmp_path / "bin", "yes",
        'cat > /dev/null; echo "[GNUPG:] SIG_CREATED D 1 8 00 0 0" >&2\n'
        'printf -- "-----BEGIN PGP SIGNATURE-----\\n\\nfake\\n-----END PGP SIGNATURE-----\\n"',
    )  # fmt: skip
    no = program(tmp_path / "bin", "no", 'echo "gpg: no secret key" >&2; exit 2')
    git(repo, "config", "commit.gpgsign", "true")
    git(repo, "config", "gpg.program", str(no))
    _done(mbl("rank", "Poster", "--top"))
    write_item(repo, {"id": "mmm22", "rank": "a9", "title": "New"})
    before = state(repo)
    said = mbl("commit")
    assert said.code == 1
    assert "gpg failed to sign the data" in said.err
    assert state(repo) == before
    git(repo, "config", "gpg.program", str(yes))
    _done(mbl("commit"))
    assert "-----BEGIN PGP SIGNATURE-----" in git(repo, "cat-file", "commit", "HEAD")
    assert git(repo, "status", "--porcelain") == ""


def _diverged(root: Path) -> None:
    """The branch `other` and main disagree about notes.txt."""
    git(root, "switch", "--quiet", "-c", "other")
    (root / "notes.txt").write_text("theirs\n")
    git(root, "commit", "--quiet", "-am", "Theirs")
    git(root, "switch", "--quiet", "main")
    (root / "notes.txt").write_text("ours\n")
    git(root, "commit", "--quiet", "-am", "Ours")
    (root / "notes.txt").write_text("ours again\n")
    git(root, "commit", "--quiet", "-am", "Ours again")


@pytest.mark.parametrize(
    ("step", "what", "way_out"),
    [
        (["merge", "other"], "A merge", "git merge --abort"),
        (["rebase", "other"], "A rebase", "git rebase --abort"),
        (["rebase", "--apply", "other"], "A rebase", "git rebase --abort"),
        (["cherry-pick", "other"], "A cherry-pick", "git cherry-pick --abort"),
        (["revert", "HEAD~1"], "A revert", "git revert --abort"),
    ],
)
def test_in_the_middle_of_something_nothing_is_committed(
    repo: Path, step: list[str], what: str, way_out: str
) -> None:
    _diverged(repo)
    git(repo, *step, fails=True)
    set_rank(repo, "pqr66", "a0")
    before = state(repo)
    for arguments in (["commit"], ["commit", "--dry-run"], ["add", "Fair in May", "--commit"]):
        said = mbl(*arguments)
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith(f"{what} is not finished here")
        assert way_out in said.err
        assert state(repo) == before
    git(repo, *way_out.split()[1:])
    _done(mbl("commit", "--dry-run"))


def test_while_another_git_holds_the_index_nothing_is_committed_nor_staged(repo: Path) -> None:
    lock = repo / ".git/index.lock"
    _done(mbl("rank", "Poster", "--top"))
    write_item(repo, {"id": "mmm22", "rank": "a9", "title": "New"})
    before = state(repo)
    lock.touch()
    said = mbl("commit")
    assert said.code == 1
    assert "index.lock" in said.err
    lock.unlink()
    assert state(repo) == before
    _done(mbl("commit"))
