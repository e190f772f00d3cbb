"""`mbl review` in a real terminal: one item a screen, saved as it is decided, and it ends cleanly however it ends."""

import os
import signal
from pathlib import Path

import pytest

from sitting import CTRL_C, CTRL_D, ENTER, Sitting
from world import TODAY, Screen, drawn, files, item, mbl, terminal, write_backlog, write_item


@pytest.fixture
def four(here: Path) -> Path:
    """Four promises to ask about, the largest first, and ten person-days a month."""
    write_backlog(here, ())
    for number, (id_, title, estimate) in enumerate(
        (
            ("bbbbb", "Fair", "40d"),
            ("ccccc", "Film", "30d"),
            ("ddddd", "Poster", "20d"),
            ("fffff", "Flyer", "10d"),
        )
    ):
        write_item(
            here,
            {
                "id": id_, "rank": f"a{number}", "title": title, "status": "committed", "accepted": "2026-09-01",
                "requester": "dealers", "requested": "2026-08-22", "estimate": estimate, "due": "2026-10-01",
            },
        )  # fmt: skip
    return here


def ended(sitting: Sitting, width: int = 80) -> Screen:
    """What stands on the screen when it is over."""
    code = sitting.leaves()
    return Screen(code, sitting.raw, drawn(sitting.raw, width))


def reviewed(id_: str) -> str | None:
    found = item(id_)["reviewed"]
    return found and found["decision"]


def test_one_item_a_screen_with_all_that_a_decision_needs(four: Path) -> None:
    sitting = Sitting("review", width=80, height=24)
    assert sitting.screen.rstrip().splitlines() == [
        "Still relevant? 1 of 4, 10 months promised",
        "#1 Fair",
        "",
        "Asked by  dealers",
        "Asked on  2026-08-22, 3 months ago",
        "Status    promised on 2026-09-01",
        "Effort    40 days",
        "Due       2026-10-01",
        "Why ask   its due date has passed",
        "          it serves no outcome",
        "",
        "[k] keep   [d] decline   [l] later   [s] skip   [u] undo   [q] quit   [?] help",
        ">",
    ]
    assert ended(sitting.types("q")).code == 0


def test_every_decision_is_saved_before_the_next_screen(four: Path) -> None:
    sitting = Sitting("review", "--by", "cmo").types("k")
    assert sitting.screen.startswith("Kept: Fair\n\nStill relevant? 2 of 4, 10 months promised\n#2 Film")
    assert item("bbbbb")["reviewed"] == {"date": TODAY, "by": "cmo", "decision": "keep"}
    assert "Why not? (Enter: Its due date has passed; - back)" in sitting.types("d").screen
    sitting.types("The fair was in May\r", "soon\r")
    assert "'soon' is not a date: write it like 2026-11-30." in sitting.screen
    sitting.types("2027-01-15\r")
    assert sitting.screen.startswith("Declined: Film\n\nStill relevant? 3 of 4, 7 months promised")
    assert item("ccccc")["ended"] == {
        "date": TODAY, "by": "cmo", "reason": "The fair was in May", "revisit": "2027-01-15",
    }  # fmt: skip
    assert sitting.types("L").screen.startswith("Put off: Poster\n")
    assert reviewed("ddddd") == "later"
    over = ended(sitting.types("s"))
    assert over.code == 0
    assert [line for line in over.lines if line][:7] == [
        "Kept 1, declined 1, put off 1; 1 item not decided.",
        "Before: 10 months of committed work. After this review: 4 to 7 months.",
        "2 promises to decide: all kept, it stays 7 months; all dropped, 4 months.",
        "--- The reply to send ---",
        "Hello dealers,",
        "We promised you “Film”, and we will not do it after all. We are sorry.",
        "The reason: The fair was in May.",
    ]
    assert reviewed("fffff") is None


def test_enter_takes_the_reason_to_ask_as_the_reason_why_not(four: Path) -> None:
    over = ended(Sitting("review", "--lang", "es").types("d", ENTER, ENTER, "q"))
    assert "El motivo: Its due date has passed." in over.text
    assert item("bbbbb")["ended"] == {"date": TODAY, "by": "ana", "reason": "Its due date has passed"}


def test_a_decline_may_be_called_off_and_a_decision_taken_back(four: Path) -> None:
    before = files(four)
    sitting = Sitting("review").types("u")
    assert sitting.screen.startswith("Nothing to take back.")
    assert sitting.types("d", "-\r").screen.startswith("Still relevant? 1 of 4")
    assert files(four) == before
    assert sitting.types("k", "d", ENTER, ENTER).screen.startswith("Declined: Film")
    assert (reviewed("bbbbb"), item("ccccc")["status"]) == ("keep", "dropped")
    assert sitting.types("u").screen.startswith("Taken back: Film\n\nStill relevant? 2 of 4")
    assert sitting.types("u").screen.startswith("Taken back: Fair\n\nStill relevant? 1 of 4")
    assert files(four) == before
    over = ended(sitting.types("q"))
    assert over.lines[0] == "Nothing decided; 4 items not decided."
    assert "reply" not in over.text


def test_other_keys_decide_nothing(four: Path) -> None:
    before = files(four)
    sitting = Sitting("review")
    for key in ("x", "\x1b[D", "\x1b[C", "é"):
        assert "does nothing here." in sitting.types(key).screen.rstrip().splitlines()[-2]
    screen = sitting.types("?").screen
    assert "you are asked again, last of all for 30 days" in screen
    assert "Still relevant? 1 of 4" in screen
    assert ended(sitting.types("Q")).code == 0
    assert files(four) == before


@pytest.mark.parametrize("asked", [(), ("d",), ("d", ENTER)], ids=len)
def test_ctrl_c_keeps_what_was_decided(four: Path, asked: tuple[str, ...]) -> None:
    over = ended(Sitting("review", env={"NO_COLOR": "1"}).types("k", *asked, CTRL_C))
    assert over.code == 0
    assert "Traceback" not in over.raw
    assert "Kept 1; 3 items not decided." in over.lines
    assert "Before: 10 months of committed work. After this review: 4 to 10 months." in over.lines
    assert (reviewed("bbbbb"), item("ccccc")["status"]) == ("keep", "committed")


@pytest.mark.parametrize("asked", [(), ("d",), ("d", ENTER)], ids=len)
def test_the_end_of_input_keeps_what_was_decided_and_declines_nothing(
    four: Path, asked: tuple[str, ...]
) -> None:
    sitting = Sitting("review").types("k", *asked, CTRL_D)
    if asked:
        assert sitting.screen.startswith("Still relevant? 2 of 4"), "the question ends first"
        sitting.types(CTRL_D)
    over = ended(sitting)
    assert (over.code, over.lines[0]) == (0, "Kept 1; 3 items not decided.")
    assert (reviewed("bbbbb"), item("ccccc")["status"]) == ("keep", "committed")


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGHUP])
def test_a_killed_review_loses_nothing_that_was_decided(four: Path, sign: signal.Signals) -> None:
    sitting = Sitting("review").types("k")
    assert sitting.screen.startswith("Kept: Fair")
    os.kill(sitting._child.pid, sign)
    assert sitting.leaves() == -sign
    assert reviewed("bbbbb") == "keep"
    assert "#1 Fair" not in Sitting("review").screen


def test_a_narrow_terminal_shows_everything_without_breaking_a_word(four: Path) -> None:
    write_item(
        four,
        {
            "id": "ggggg", "rank": "a0", "title": "One page that explains to everybody what we do and why " * 2,
            "status": "committed", "estimate": "90d", "requester": "営業部長", "description": "A long story. " * 40,
        },
    )  # fmt: skip
    sitting = Sitting("review", width=60, height=40)
    screen = sitting.screen
    assert screen.startswith("Still relevant? 1 of 5, 19 months promised\n#2 One page that explains")
    assert "\n[k] keep   [d] decline   [l] later   [s] skip   [u] undo\n[q] quit   [?] help\n>" in screen
    assert "A long story. A long story" in screen
    assert "…" in screen
    said = "Before: 19 months of committed work. After this review: 0 to 19 months."
    assert said in " ".join(ended(sitting.types("q"), 60).text.split())


def test_an_item_that_somebody_ended_meanwhile_is_passed_over(four: Path) -> None:
    sitting = Sitting("review")
    assert "#1 Fair" in sitting.screen
    mbl("done", "bbbbb", "ccccc")
    screen = sitting.types("k").screen
    assert screen.startswith("“Fair” (bbbbb) is done: there is nothing to review.")
    assert "Still relevant? 3 of 4" in screen
    assert "#1 Poster" in screen
    assert ended(sitting.types("q")).code == 0
    assert item("bbbbb")["status"] == "done"


def test_what_somebody_changed_meanwhile_is_not_taken_back(four: Path) -> None:
    sitting = Sitting("review").types("k")
    assert sitting.screen.startswith("Kept: Fair")
    mbl("edit", "bbbbb", "--estimate", "1d")
    assert "Somebody has changed it since: nothing was taken back." in sitting.types("u").screen
    ended(sitting.types("q"))
    assert (item("bbbbb")["estimate"]["likely"], reviewed("bbbbb")) == (1, "keep")


def test_a_reply_that_cannot_be_written_is_said_and_nothing_declined(four: Path) -> None:
    (four / "replies").mkdir()
    (four / "replies/en.md").write_text("Dear {requestor},\n")
    sitting = Sitting("review").types("d", ENTER, ENTER)
    assert sitting.screen.startswith(
        "replies/en.md:1: there is no placeholder {requestor}. Did you mean requester?"
    )
    assert ended(sitting.types("q")).code == 0
    assert item("bbbbb")["status"] == "committed"


def test_a_sample_is_walked_in_the_order_of_the_draw_and_ends_with_its_estimate(four: Path) -> None:
    ids = mbl("review", "--sample", "3", "-f", "json").json["sample"]["ids"]
    sitting = Sitting("review", "--sample", "3")
    for number, id_ in enumerate(ids, start=1):
        assert f"{number} of 3" in sitting.screen
        assert f" {item(id_)['title']}\n" in sitting.screen
        sitting.types("k")
    over = ended(sitting)
    assert "decided    3, 0 of them dropped" in over.text
    assert "to decide  nothing more" in over.text
    assert all(reviewed(id_) == "keep" for id_ in ids)


def test_with_nothing_to_ask_or_with_a_list_the_report_is_shown(four: Path) -> None:
    for arguments in (("review", "--list"), ("review", "--limit", "0"), ("review", "--team", "nobody")):
        screen = terminal(*arguments)
        assert screen.code == 0
        assert screen.lines[0] == "Before: 10 months of committed work. After this review: 0 to 10 months."
        assert "[k] keep" not in screen.text
    assert "No items to ask about." in screen.text


def test_who_wants_json_is_not_asked(four: Path) -> None:
    assert '"kind": "review"' in terminal("review", "-f", "json").text
