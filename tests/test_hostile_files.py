"""One broken file never stops the day: the rest is shown, the file is named, with what is wrong and what to do."""

import ctypes
import json
import os
import random
import shutil
from subprocess import run

import pytest

from world import ACME, MBL, SMALL, files, mbl, process

GOOD = "id: bbbb2\ntitle: Good\n"


def text(content):
    return lambda path: path.write_bytes(content if isinstance(content, bytes) else content.encode())


def outside(path):
    target = path.parent.parent.parent / "outside.yaml"
    target.write_text(GOOD)
    return target


HOSTILE = {
    "empty": (text(""), "not-a-mapping", 1),
    "only a remark": (text("# later\n"), "not-a-mapping", 1),
    "a list": (text("- a\n- b\n"), "not-a-mapping", 1),
    "prose": (text("Call the agency.\n"), "not-a-mapping", 1),
    "binary": (text(bytes(range(256)) * 40), "not-utf-8", 2),
    "UTF-16": (text(GOOD.encode("utf-16")), "not-utf-8", 1),
    "Latin-1": (text("id: bbbb2\ntitle: Café\n".encode("latin-1")), "not-utf-8", 2),
    "a NUL": (text("id: bbbb2\ntitle: a\0b\n"), "control-character", 2),
    "an escape": (text("id: bbbb2\ntitle: \x1b[31mred\n"), "control-character", 2),
    "10 MB": (text(GOOD + "description: " + "x" * 10_000_000), "too-large", 0),
    "10 MB of lists": (text("[" * 10_000_000), "too-large", 0),
    "200,000 brackets": (text("id: bbbb2\ntitle: " + "[" * 200_000), "too-deep", 2),
    "deep blocks": (text("".join(" " * depth + "a:\n" for depth in range(600))), "too-deep", 29),
    "a key twice": (text(GOOD + "title: Again\n"), "duplicate-key", 3),
    "an anchor": (text("id: bbbb2\ntitle: &t Good\n"), "anchor", 2),
    "an alias": (text(GOOD + "how: *t\n"), "anchor", 3),
    "an alias bomb": (
        text("a: &a [x,x]\n" + "".join(f"b{n}: &b{n} [{'*a,' * 9}]\n" for n in range(9))),
        "anchor",
        1,
    ),
    "a tag": (text("id: bbbb2\ntitle: !!python/object/apply:os.system [id]\n"), "tag", 2),
    "a tab": (text(GOOD + "ended:\n\tdate: 2026-01-01\n"), "yaml", 4),
    "a merge": (text("id: bbbb2\n<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> b\n"), "merge-marker", 2),
    "a colon": (text("id: bbbb2\ntitle: Launch: now\n"), "yaml", 2),
    "an open quote": (text('id: bbbb2\ntitle: "Good\nstatus: request\n'), "yaml", 4),
    "two documents": (text(GOOD + "---\n" + GOOD), "yaml", 3),
    "an unknown key": (text(GOOD + "estimat: 5d\n"), "unknown-key", 3),
    "no title": (text("id: bbbb2\n"), "missing-key", 1),
    "a wrong type": (text(GOOD + "labels: q4\n"), "wrong-value", 3),
    "no such day": (text(GOOD + "due: 2026-02-30\n"), "wrong-value", 3),
    "a link out": (lambda path: path.symlink_to(outside(path)), "leads-out", 0),
    "a link nowhere": (lambda path: path.symlink_to("nowhere.yaml"), "unreadable", 0),
    "a link to itself": (lambda path: path.symlink_to(path.name), "unreadable", 0),
    "a folder": (lambda path: path.mkdir(), "unreadable", 0),
    "a pipe": (os.mkfifo, "unreadable", 0),
    "a link to a device": (lambda path: path.symlink_to("/dev/zero"), "leads-out", 0),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_rest_is_shown_and_the_file_is_named(small, name):
    make, code, line = HOSTILE[name]
    make(small / "items/bad-bbbb2.yaml")
    listed = mbl("list", "-f", "json")
    assert len(listed.json["items"]) == 5
    assert listed.code == 1
    assert "items/bad-bbbb2.yaml" in listed.err
    checked = mbl("check", "-f", "json")
    told = [problem for problem in checked.json["problems"] if problem["path"] == "items/bad-bbbb2.yaml"]
    assert checked.code == 1
    assert [(told[0]["code"], told[0]["line"], told[0]["level"])] == [(code, line, "error")]
    assert all(problem["message"] and problem["fix"] for problem in told)
    assert "\x1b" not in checked.out + listed.err


def test_a_pipe_does_not_make_a_process_hang(small):
    os.mkfifo(small / "items/bad-bbbb2.yaml")
    os.mkfifo(small / "people.yaml")
    said = process("list")
    assert said.code == 1
    assert "Webinar for CTOs" in said.out


def test_everything_wrong_everywhere_is_told_at_once(small):
    for number, (make, _, _) in enumerate(HOSTILE.values()):
        make(small / f"items/bad-{number}.yaml")
    (small / "teams").symlink_to(small.parent)
    (small / "campaigns").write_text("not a folder\n")
    (small / "people.yaml").write_text("ana: {skils: {copy: 2}}\n")
    told = {problem["path"]: problem["code"] for problem in mbl("check", "-f", "json").json["problems"]}
    assert [told[f"items/bad-{number}.yaml"] for number in range(len(HOSTILE))] == [
        row[1] for row in HOSTILE.values()
    ]
    assert (told["teams"], told["campaigns"], told["people.yaml"]) == (
        "leads-out",
        "unreadable",
        "unknown-key",
    )
    listed = mbl("list", "-f", "json")
    assert len(listed.json["items"]) == 5
    assert all(f"items/bad-{number}.yaml" in listed.err for number in range(len(HOSTILE)))


READING = (("list",), ("show", "1"), ("capacity",), ("rank",), ())


@pytest.mark.parametrize("arguments", READING)
def test_every_reading_command_answers_beside_a_broken_file(small, arguments):
    (small / "items/bad-bbbb2.yaml").write_text("id: [\n")
    said = mbl(*arguments)
    assert said.code == 1
    assert said.out
    assert "items/bad-bbbb2.yaml:2" in said.err


WRITING = (
    ("add", "Fresh"), ("edit", "1", "--estimate", "2d"), ("rank", "3", "--top"), ("accept", "3"), ("done", "1"),
    ("decline", "5", "--reason", "no"), ("reopen", "hrd77"), ("rank", "--rebalance"),
)  # fmt: skip


@pytest.mark.parametrize("arguments", WRITING, ids=" ".join)
def test_every_writing_command_works_beside_a_broken_file_and_leaves_it_alone(small, arguments):
    (small / "items/bad-bbbb2.yaml").write_text("id: [\n")
    (small / "people.yaml").write_text("ana: [\n")
    before = files(small)
    said = mbl(*arguments)
    assert said.code == 0, said.err
    after = files(small)
    assert before != after
    assert after["items/bad-bbbb2.yaml"] == b"id: [\n"
    assert after["people.yaml"] == b"ana: [\n"


@pytest.mark.parametrize(
    "arguments", [("edit", "bbbb2", "--estimate", "2d"), ("accept", "bbbb2"), ("show", "bbbb2")]
)
def test_what_touches_the_broken_file_is_refused(small, arguments):
    (small / "items/bad-bbbb2.yaml").write_text("id: bbbb2\ntitle: &x Bad\n")
    before = files(small)
    said = mbl(*arguments)
    assert (said.code, said.out, files(small)) == (1, "", before)
    assert "bbbb2" in said.err


@pytest.mark.parametrize("content", ["capacity: lots\n", "schema: [\n", "nam: x\n", "", "\xff"])
def test_a_broken_settings_file_leaves_the_list(small, content):
    (small / "mbl.yaml").write_text(content, encoding="latin-1")
    said = mbl("list", "-f", "json")
    assert said.code == 1
    assert len(said.json["items"]) == 5
    assert "mbl.yaml" in said.err
    assert mbl("add", "Fresh").code == 0
    assert [problem["path"] for problem in mbl("check", "-f", "json").json["problems"]] == ["mbl.yaml"]


EVERY = (
    *READING,
    *WRITING,
    ("check",),
    ("check", "--fix"),
    ("add", "Fresh", "--dry-run"),
    ("commit",),
    ("import", "csv", "x.csv"),
)


@pytest.mark.parametrize("arguments", EVERY, ids=" ".join)
def test_a_newer_format_is_refused_by_every_command(small, arguments):
    (small / "mbl.yaml").write_text("schema: 2\nbrand_new: yes\n")
    (small / "x.csv").write_text("title\nFresh\n")
    before = files(small)
    said = mbl(*arguments)
    assert (said.code, said.out, files(small)) == (1, "", before)
    assert "newer mbl" in said.err


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("items/deep/x-bbbb2.yaml", "wrong-place"), ("items/X-BBBB2.YAML", "wrong-place"), ("items/x-bbbb2.Yml", "wrong-place"),
        ("request.yaml", "wrong-place"), ("teams/deep/x.yml", "wrong-place"),
    ],
)  # fmt: skip
def test_a_file_that_nobody_would_read_is_told(small, path, code):
    (small / path).parent.mkdir(parents=True, exist_ok=True)
    (small / path).write_text(GOOD)
    assert [(p["path"], p["code"]) for p in mbl("check", "-f", "json").json["problems"]] == [(path, code)]


def test_the_users_other_files_are_nobodys_business(small):
    for path in (
        "notes.md",
        "items/.hidden.yaml",
        "items/notes.txt",
        "docker-compose.yaml",
        "items/.cache/x.yaml",
    ):
        (small / path).parent.mkdir(parents=True, exist_ok=True)
        (small / path).write_text("a: [\n")
    assert (mbl("check").code, mbl("list").code) == (0, 0)


def test_a_name_that_is_no_text_is_shown_and_crashes_nothing(small):
    for name in (b"\xff-bbbb2.yaml", b"\n\x1b[31m-bbbb3.yaml", "\u202e-bbbb4.yaml".encode()):
        with open(os.path.join(os.fsencode(small), b"items", name), "wb") as file:
            file.write(b"id: [\n")
    for arguments in (
        ("list",),
        ("check",),
        ("check", "-f", "json"),
        ("add", "Fresh"),
        ("list", "-f", "json"),
    ):
        said = process(*arguments)
        assert said.code == (0 if arguments[0] == "add" else 1), said.err
        assert "\x1b" not in said.out + said.err
        assert "Traceback" not in said.err


def test_a_folder_behind_a_link_that_leads_out_is_neither_read_nor_written(here):
    elsewhere = here / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "x-bbbb2.yaml").write_text(GOOD)
    (here / "backlog").mkdir()
    (here / "backlog/mbl.yaml").write_text("schema: 1\n")
    (here / "backlog/items").symlink_to(elsewhere)
    os.chdir(here / "backlog")
    listed = mbl("list", "-f", "json")
    assert (listed.code, listed.json["items"]) == (1, [])
    assert "leads out" in listed.err
    added = mbl("add", "Fresh")
    assert added.code == 1
    assert "leads out" in added.err
    assert os.listdir(elsewhere) == ["x-bbbb2.yaml"]


def test_a_link_inside_the_folder_is_followed_and_stays_a_link(small):
    (small / "kept").mkdir()
    (small / "kept/real.yaml").write_text(GOOD)
    (small / "items/good-bbbb2.yaml").symlink_to("../kept/real.yaml")
    assert mbl("edit", "bbbb2", "--title", "Better").code == 0
    assert (small / "items/good-bbbb2.yaml").is_symlink()
    assert (small / "kept/real.yaml").read_text() == "id: bbbb2\ntitle: Better\n"


def test_the_permissions_of_a_file_stay(small):
    path = small / "items/kdw22.yaml"
    path.chmod(0o640)
    assert mbl("edit", "kdw22", "--estimate", "2d").code == 0
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_listing_of_a_folder_that_changes_under_it_shows_what_is_there(small):
    """Hostile timing rather than hostile content: a link to a file that goes away, a folder that comes."""
    (small / "items/link-bbbb2.yaml").symlink_to("kdw22.yaml")
    (small / "items/kdw22.yaml").unlink()
    said = mbl("list", "-f", "json")
    assert len(said.json["items"]) == 4
    assert "items/link-bbbb2.yaml" in said.err
    shutil.rmtree(small / "items")
    assert mbl("list", "-f", "json").json["items"] == []


# --- as somebody without permissions ---------------------------------------------------------------------------


@pytest.fixture
def locked(small):
    """A small backlog whose permissions a test may take away."""
    yield small
    run(["chmod", "-R", "u+rwX", str(small)], check=True)


def humbly(*arguments: str):
    """A process for which permissions hold. Root passes over them, unless it gives up that right."""
    give_up = _without_privileges if os.getuid() == 0 else None
    ran = run([*MBL, *arguments], capture_output=True, text=True, timeout=60, check=False, preexec_fn=give_up)
    if ran.returncode == _CANNOT:
        pytest.skip("root cannot give up its rights here")
    return ran


_CANNOT = 77


def _without_privileges():
    """Drop CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH (PR_CAPBSET_DROP is 24), so that the new program lacks them."""
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in (1, 2):
        if libc.prctl(24, capability, 0, 0, 0) != 0:
            os._exit(_CANNOT)


def test_an_unreadable_file_is_named_and_the_rest_is_shown(locked):
    (locked / "items/kdw22.yaml").chmod(0)
    said = humbly("list", "-f", "json")
    assert len(json.loads(said.stdout)["items"]) == 4
    assert said.returncode == 1
    assert "items/kdw22.yaml: no permission to read it" in said.stderr


def test_an_unreadable_folder_is_named(locked):
    (locked / "items").chmod(0)
    said = humbly("list", "-f", "json")
    assert (json.loads(said.stdout)["items"], said.returncode) == ([], 1)
    assert "items: no permission to read it" in said.stderr


def test_in_a_read_only_folder_reading_works_and_writing_fails_clearly(locked):
    run(["chmod", "-R", "a-w", str(locked)], check=True)
    before = files(locked)
    for arguments in (("list",), ("capacity",), ("show", "1"), ("check",)):
        assert humbly(*arguments).returncode == 0
    for arguments in (
        ("add", "Fresh"),
        ("rank", "--rebalance"),
        ("accept", "3", "4"),
        ("edit", "1", "--estimate", "2d"),
    ):
        said = humbly(*arguments)
        assert (said.returncode, said.stdout) == (1, "")
        assert "read-only for you" in said.stderr
    assert files(locked) == before
    assert not (locked / ".mbl").exists()


@pytest.mark.parametrize(
    "arguments", [("add", "Fresh"), ("rank", "--rebalance"), ("edit", "1", "--estimate", "2d")]
)
def test_where_only_the_items_are_read_only_nothing_is_begun(locked, arguments):
    """The state folder can be written, the items cannot: a journal that stayed would stop every later command."""
    run(["chmod", "-R", "a-w", str(locked / "items")], check=True)
    state = locked / ".mbl"
    state.mkdir()
    before = files(locked)
    said = humbly(*arguments)
    assert (said.returncode, said.stdout) == (1, "")
    assert "No permission to write" in said.stderr
    assert files(locked) == before
    assert not (state / "journal").exists()
    assert humbly("list").returncode == 0


def test_a_file_that_became_unreadable_is_a_message_even_when_it_is_remembered(locked):
    """Its date did not change, so the cache knows it; only writing needs the file itself."""
    for path in (locked / "items").iterdir():
        os.utime(path, ns=(10**18, 10**18))
    assert humbly("list").returncode == 0
    (locked / "items/kdw22.yaml").chmod(0)
    said = humbly("edit", "kdw22", "--estimate", "2d")
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert "kdw22" in said.stderr


# --- mutations of real files -----------------------------------------------------------------------------------


def mutated(content, chance):
    """Real files as accidents leave them: cut, shuffled, doubled, or hit by stray bytes."""
    kind = chance.randrange(6)
    lines = content.splitlines(keepends=True)
    if kind == 0:
        return content[: chance.randrange(len(content))]
    if kind == 1:
        chance.shuffle(lines)
    if kind == 2:
        lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    if kind == 3:
        lines.insert(chance.randrange(len(lines)), b" " * chance.randrange(1, 6))
    if kind > 3:
        spoiled = bytearray(content)
        for _ in range(chance.randrange(1, 12)):
            at = chance.randrange(len(spoiled))
            stray = chance.choice(
                (chance.randbytes(1), b":", b"\n", b"\t", b"[", b"{", b"'", b'"', b"#", b"-", b"|", b"\r")
            )
            spoiled[at : at + chance.randrange(2)] = stray
        return bytes(spoiled)
    return b"".join(lines)


@pytest.mark.parametrize("seed", range(6))
def test_no_mutation_of_real_files_raises_or_hangs(here, monkeypatch, seed):
    """`mbl()` lets every exception that is not an exit fail the test."""
    chance = random.Random(seed)
    shutil.copytree(ACME, here / "acme")
    monkeypatch.chdir(here / "acme")
    paths = sorted(
        path for path in (here / "acme").rglob("*.yaml") if "items" in path.parts or chance.random() < 0.5
    )
    contents = {path: path.read_bytes() for path in paths}
    for round_ in range(4):
        for path, content in contents.items():
            if chance.random() < 0.6:
                path.write_bytes(mutated(content, chance))
        for arguments in (("list", "-f", "json"), ("show", "1"), ("capacity",), ("check", "-f", "json"), ()):
            said = mbl(*arguments)
            assert said.code in (0, 1), (seed, round_, arguments, said.err)
        for arguments in (
            ("rank", "2", "--top"),
            ("accept", "3"),
            ("edit", "1", "--estimate", "2d"),
            ("add", "Fresh"),
        ):
            before = files(here / "acme")
            said = mbl(*arguments)
            assert said.code in (0, 1), (seed, round_, arguments, said.err)
            assert said.code == 0 or files(here / "acme") == before


def test_the_small_backlog_is_well(small):
    """What the other tests begin from."""
    assert mbl("check").code == 0
    assert len(SMALL) == len(list((small / "items").iterdir()))
