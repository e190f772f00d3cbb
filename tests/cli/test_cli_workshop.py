"""`mbl workshop` in a real terminal: request after request, one key each, resumable after anything that may happen."""

import re
from pathlib import Path
from subprocess import run

import pytest

from sitting import CTRL_C, CTRL_D, ENTER, Sitting
from world import files, ids, item, mbl, write_backlog, write_item

HERE = ("--participants", "ana,ben")
GOES_ON = "`mbl workshop` goes on where you stopped."


def git(root: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org")
    return run(["git", *who, *arguments], cwd=root, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repo(small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small backlog in a repository of its own, everything committed."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Ana")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "ana@example.org")
    git(small, "init", "--quiet", "-b", "main")
    git(small, "add", ".")
    git(small, "commit", "--quiet", "-m", "Start")
    return small


def buckets() -> dict[str, str | None]:
    return {id_: item(id_)["moscow"] for id_ in ("kdw22", "kdw33", "fgh44", "xzc55", "pqr66")}


def test_everything_is_saved_as_it_is_decided_and_ends_in_minutes_and_one_commit(repo: Path) -> None:
    (repo / "notes.txt").write_text("not the backlog's\n")
    mbl("edit", "bnn88", "--owner", "zoe")
    room = Sitting("workshop", "--minutes", "minutes.md").types("ana, ben\r")
    assert "#1  Webinar for CTOs" in room.screen
    room.types(ENTER)  # it stays a Must
    assert "“Webinar for CTOs”: Must." in room.screen
    room.types("c")
    assert "“Landing page”: Could." in room.screen
    assert item("kdw33")["moscow"] == "could", "saved before the next question is answered"
    room.types("n", "Only with a price\r", "w", "No outcome this quarter\r")
    assert "“Newsletter in spring”: Won't this time." in room.screen
    assert item("fgh44")["status"] == "declined"
    room.types("o", "more dealers\r", "cfo\r", "a", "A podcast\r", "ceo\r")
    assert "“A podcast”: added, and comes up later." in room.screen
    assert item("A podcast")["requester"] == "ceo"
    room.types("s", "k")
    assert "5 of 6" not in room.screen
    assert "#5  A podcast" in room.screen
    room.types("m")
    assert "Commit these decisions (4 files)" in room.screen
    room.types("y")
    assert room.leaves() == 0
    assert buckets() == {
        "kdw22": "must",
        "kdw33": "could",
        "fgh44": "wont",
        "xzc55": "should",
        "pqr66": "could",
    }
    minutes = (repo / "minutes.md").read_text()
    assert minutes in room.text.replace("\n> ", "\n"), "the minutes are shown as they are written"
    assert minutes.startswith("# Workshop of 2026-11-22\n\n- **Here:** ana, ben\n")
    for line in (
        "| Could | Landing page | kdw33 | cmo | Should | 5d |",
        "| Must | A podcast |",
        "| Newsletter in spring | fgh44 | dealers | asked for | No outcome this quarter | 2027-02-20 |",
        "- **Newsletter in spring:** Only with a price",
        "| Newsletter in autumn | xzc55 |  |  | more dealers | cfo |",
        "| Poster | pqr66 | VP Sales |",
    ):
        assert line in minutes
    assert "--- The reply to send ---\nHello dealers," in room.text
    assert git(repo, "log", "--format=%s", "-2").splitlines() == [
        "Workshop of 2026-11-22: 2 Must, 1 Should, 1 Could, 1 Won't", "Start",
    ]  # fmt: skip
    dirty = git(repo, "status", "--porcelain")
    assert {line[3:] for line in dirty.splitlines()} == {"items/bnn88.yaml", "minutes.md", "notes.txt"}


def test_a_killed_workshop_goes_on_where_it_was_and_its_minutes_know_everything(repo: Path) -> None:
    room = Sitting("workshop", *HERE).types("c", "w", "No room\r", "n", "Half a sentence\r", "n")
    assert "A note for the minutes." in room.screen
    room.is_killed()
    assert (item("kdw22")["moscow"], item("kdw33")["status"]) == ("could", "dropped")
    room = Sitting("workshop", "--participants", "cmo")
    assert "The workshop of 2026-11-22 goes on: 2 of 5 requests are done with." in room.screen
    assert "3 of 5" in room.screen
    assert "#2  Newsletter in spring" in room.screen
    room.types("w", "Not y")
    room.is_killed()
    assert item("fgh44")["status"] == "request", "an answer that was not given decides nothing"
    room = Sitting("workshop").types("s", "s", "s", "n")
    assert room.leaves() == 0
    for words in (
        "**Here:** ana, ben, cmo", "| Could | Webinar for CTOs |", "| Landing page | kdw33 | cmo | promised | No room |",
        "**Newsletter in spring:** Half a sentence",
    ):  # fmt: skip
        assert words in room.text
    assert git(repo, "log", "--format=%s").splitlines() == ["Start"], "no was the answer"
    assert "1 of 4" in Sitting("workshop", *HERE).screen, "the next one begins anew"


@pytest.mark.parametrize(("leaving", "code"), [(CTRL_C, 130), (CTRL_D, 0)])
def test_ctrl_c_and_the_end_of_input_lose_nothing_that_was_decided(
    repo: Path, leaving: str, code: int
) -> None:
    room = Sitting("workshop", *HERE).types("c", "w", leaving)
    if leaving == CTRL_D:
        assert "#2  Landing page" in room.screen, "the end of input takes the question back"
        room.types(leaving, leaving)
    assert room.leaves() == code
    assert GOES_ON in room.text.replace("\n", " ")
    assert "Traceback" not in room.text
    assert (item("kdw22")["moscow"], item("kdw33")["status"]) == ("could", "doing")
    room = Sitting("workshop")
    assert "2 of 5" in room.screen
    assert room.types("q", "n").leaves() == 0


def test_undo_takes_back_step_by_step_to_the_last_byte(small: Path) -> None:
    before = files(small)
    room = Sitting("workshop", *HERE).types(
        "c", "w", "No room\r", "k", "a", "A podcast\r", ENTER, "o", "so\r", "cfo\r"
    )
    room.types("n", "A note\r")
    assert "#3  Newsletter in autumn" in room.screen
    room.types(*"uuuuuu")
    assert "#1  Webinar for CTOs" in room.screen
    assert "Taken back: Webinar for CTOs." in room.screen
    assert files(small) == before
    room.types("u")
    assert "There is nothing to take back." in room.screen
    room.types("q", "y")
    assert room.leaves() == 0
    assert "Not looked at: 5 requests." in room.text


def test_what_somebody_changed_meanwhile_is_respected(small: Path) -> None:
    room = Sitting("workshop", *HERE).types("c")
    assert "Landing page" in room.screen
    mbl("edit", "kdw22", "--moscow", "should")
    mbl("done", "kdw33")
    room.types("u")
    assert "kdw22 was changed since then" in room.screen
    assert "Newsletter in spring" in room.screen, "what is done does not come up"
    mbl("done", "fgh44")
    room.types("m")
    assert "Newsletter in autumn" in room.screen
    room.types("q", "n")
    assert room.leaves() == 0
    assert item("kdw22")["moscow"] == "should"


@pytest.fixture
def eight(here: Path) -> list[str]:
    """Eight Shoulds of eight days each, in a quarter of thirty."""
    found = [f"bcdf{n}" for n in range(2, 10)]
    write_backlog(here, [
        {"id": id_, "rank": f"a{n}", "title": f"Title {n}", "status": "committed", "estimate": "8d", "moscow": "should"}
        for n, id_ in enumerate(found, 1)
    ])  # fmt: skip
    return found


def answered(room: Sitting, best: list[str]) -> int:
    """Answer every either-or question as somebody with this order in mind; how many there were."""
    asked = 0
    while room.asks and "which?" in room.screen:
        first, second = (int(n) for n in re.findall(r"^[12]  Title (\d)", room.screen, re.MULTILINE))
        order = [int(id_[-1]) - 1 for id_ in best]
        room.types("1" if order.index(first) < order.index(second) else "2")
        asked += 1
    return asked


def test_only_the_bucket_that_the_quarter_ends_in_is_put_in_order_also_after_a_kill(eight: list[str]) -> None:
    room = Sitting("workshop", *HERE, width=60, height=30).types(*[ENTER] * 8)
    assert "8 of them, and not all will fit" in room.screen.replace("\n", " ")
    assert "at most 17 either-or" in room.screen.replace("\n", " ")
    assert "which?" in room.types("y", "1").screen
    assert ids(mbl("list", "-f", "json")) == [eight[1], eight[0], *eight[2:]], "moved at once"
    question = room.screen
    room.is_killed()
    room = Sitting("workshop", width=60, height=30)
    assert room.screen.partition("If only")[2].rstrip() == question.partition("If only")[2].rstrip()
    assert "The last answer was taken back." in room.types("u").screen
    assert ids(mbl("list", "-f", "json")) == eight
    best = [eight[n] for n in (5, 2, 7, 0, 1, 6, 3, 4)]
    asked = answered(room, best)
    assert asked <= 17
    assert ids(mbl("list", "-f", "json")) == best
    assert room.leaves() == 0
    assert "**In another place**" in room.text


def test_the_room_may_leave_the_bucket_as_it_is(eight: list[str]) -> None:
    room = Sitting("workshop", *HERE).types(*[ENTER] * 8, "n")
    assert room.leaves() == 0
    assert ids(mbl("list", "-f", "json")) == eight


def test_an_idea_amid_the_questions_goes_into_a_bucket_first(eight: list[str]) -> None:
    room = Sitting("workshop", *HERE).types(*[ENTER] * 8, "y", "1", "a", "Fresh\r", ENTER)
    assert "#9  Fresh" in room.screen
    room.types("s")
    assert "which?" in room.screen
    room.types("q", "y")
    assert room.leaves() == 0
    assert item("Fresh")["moscow"] == "should"


def test_on_a_narrow_screen_nothing_wraps_and_the_keys_stay_in_sight(acme: Path) -> None:
    room = Sitting("workshop", *HERE, "--moscow", "none", width=60, height=24)
    seen = [room.screen, room.types("?").screen, room.types("w").screen, room.types("-\r", "o").screen]
    seen += [room.types(ENTER, "m").screen, room.types("u").screen, room.types("q").screen]
    assert room.types("n").leaves() == 0
    assert all(len(line) <= 60 for line in room.text.splitlines())
    for at in (0, 4, 5):
        assert "[m] Must" in seen[at]
        assert "Open outcomes: pipeline, activation" in seen[at], "the Guidepoint shrinks to fit"
        assert "Buckets, in a quarter of" in seen[at]
    wide = Sitting("workshop", height=50)
    assert "By the end of the year shippers come to us" in wide.screen
    assert "Half of the new carriers" in wide.screen
    wide.is_killed()


def test_dsdm_warns_while_the_room_decides(eight: list[str]) -> None:
    room = Sitting("workshop", *HERE).types("m", "m", "m")
    assert "more than 60 %" in room.screen
    assert "Must    ██████████████████ 3 items, 24 days, 80 %" in re.sub("█+", "█" * 18, room.screen)
    room.types("m")
    assert "impossible, short by 2 days" in room.screen.replace("\n", " ")
    room.is_killed()


def test_filters_choose_the_requests_and_belong_to_the_beginning(small: Path) -> None:
    room = Sitting("workshop", *HERE, "--requester", "dealers")
    assert "1 of 2" in room.screen
    assert "Newsletter in spring" in room.screen
    assert room.types("q", "n").leaves() == 0
    refused = Sitting("workshop", "--team", "growth")
    assert refused.leaves() == 2
    assert "is not at its end" in refused.text
    again = Sitting("workshop", *HERE, "--again", "--team", "growth")
    assert "Webinar for CTOs" in again.screen
    assert again.types("q", "n").leaves() == 0
    nothing = Sitting("workshop", *HERE, "--again", "--team", "nobody")
    assert nothing.leaves() == 0
    assert "no open request fits" in nothing.text


def test_minutes_would_not_overwrite_another_file_and_say_so_first(small: Path) -> None:
    (small / "plan.md").write_text("# Plan\n")
    room = Sitting("workshop", *HERE, "--minutes", "plan.md")
    assert room.leaves() == 1
    assert "holds no minutes" in room.text
    assert (small / "plan.md").read_text() == "# Plan\n"


def test_notes_that_are_gone_or_damaged_end_it_in_words(small: Path) -> None:
    room = Sitting("workshop", *HERE).types("c")
    assert "Landing page" in room.screen
    (small / ".mbl" / "workshop").write_text("{")
    room.types("m")
    assert room.leaves() == 1
    assert "The notes of this workshop are gone." in room.text
    assert item("kdw22")["moscow"] == "could"
    (small / ".mbl" / "workshop").write_text("{")
    room = Sitting("workshop", *HERE)
    assert "The notes of the last workshop are damaged." in room.screen
    assert "1 of 5" in room.screen
    room.is_killed()


def test_hostile_titles_and_answers_steer_no_screen(small: Path) -> None:
    write_item(
        small, {"id": "zzz22", "rank": "a0", "title": "\x1b[2J[red]x\u202e" + "y" * 300, "requester": "\x07"}
    )
    room = Sitting("workshop", *HERE, env={"NO_COLOR": "1"}).types("a", "\x16\x1b]0;x\x07\t[b]\r", ENTER)
    assert "[red]x" in room.screen
    assert room.types("w", "because | *so*\r", "q", "y").leaves() == 0
    steering = re.findall(r"\x1b[^\x1b]{0,3}", room.raw)
    assert not [found for found in steering if not re.match(r"\x1b\[(H|2J|\?|K|C|\d)", found)]
    assert "because \\| \\*so\\*" in room.text


def test_without_a_terminal_it_says_how_the_whiteboard_comes_in(small: Path) -> None:
    said = mbl("workshop", input="m\n")
    assert (said.code, said.out) == (2, "")
    assert "needs a terminal" in said.err
    assert "mbl import csv decisions.csv" in said.err
    (small / "decisions.csv").write_text("id,moscow,reason\nkdw22,wont,No room\nfgh44,Must,\nkdw33,should,\n")
    assert mbl("import", "csv", "decisions.csv").code == 0
    assert buckets() == {"kdw22": "wont", "kdw33": "should", "fgh44": "must", "xzc55": None, "pqr66": "could"}
    assert item("kdw22")["status"] == "dropped"
    assert item("kdw22")["ended"]["reason"] == "No room"
    assert item("fgh44")["status"] == "request"
