"""`mbl conflicts`, and the warnings of the commands that would cause one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from world import changed, files, mbl, terminal

MEETING = "dealers: 6 touches in 7 days (at most 3); growth and content should talk"
WARNED = (
    "Mind: dealers would be met 7 times from 30 November to 6 December 2026 (at most 3): talk to growth and content.\n"
    "See: mbl conflicts\n"
)


@pytest.mark.parametrize("width", [80, 60])
def test_the_screen_is_the_one_that_was_approved(
    acme: Path, golden: Callable[[str, str], None], width: int
) -> None:
    golden(f"conflicts-{width}.txt", terminal("conflicts", width=width, height=120).text)


def test_the_meeting_gets_markdown(acme: Path, golden: Callable[[str, str], None]) -> None:
    golden("conflicts.md", mbl("conflicts", "-f", "md").out)


def test_looking_is_no_error_and_changes_nothing(acme: Path) -> None:
    before = files(acme)
    said = mbl("conflicts")
    assert (said.code, said.err) == (0, "")
    assert MEETING in said.out
    assert not changed(before, files(acme))


def test_programs_get_every_kind_or_the_one_they_ask_for(acme: Path) -> None:
    said = mbl("conflicts", "-f", "json").json
    assert (said["kind"], said["from"], said["to"]) == ("conflicts", "2026-11-22", "2027-02-20")
    assert [(each["audience"], each["window"], each["count"], each["max"]) for each in said["touches"]] == [
        ("dealers", ["2026-11-30", "2026-12-06"], 6, 3),
        ("new-carriers", ["2026-12-07", "2026-12-13"], 4, 3),
    ]
    assert [(each["items"], each["check"]) for each in said["offers"]] == [
        (["sg5t2", "zq58q"], False), (["b7trr", "smdkn"], True),
    ]  # fmt: skip
    assert [each["items"] for each in said["duplicates"]] == [["tn6vh", "qfbps"], ["xc8q7", "k5kxd"]]
    offers = mbl("conflicts", "--offers", "-f", "json").json
    assert (offers["touches"], offers["duplicates"]) == ([], [])
    assert len(offers["offers"]) == 2
    assert mbl("conflicts", "-f", "csv").out.startswith(
        "kind,about,from,to,count,max,score,items,teams,would,why\n"
    )


def test_the_period_is_what_was_asked_for(acme: Path) -> None:
    assert mbl("conflicts", "--from", "2027-01-01", "--to", "2027-01-31", "--touches").out.startswith(
        "Nothing gets in the way"
    )
    backwards = mbl("conflicts", "--from", "2027-02-01", "--to", "2027-01-31")
    assert (backwards.code, backwards.out) == (2, "")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--ask",), "Nobody can be asked here."),
        (("--ask", "--touches"), "--ask goes with --duplicates"),
        (("--ask", "-f", "json"), "--ask goes with --duplicates"),
        (("--commit",), "--commit belongs to --ask"),
    ],
)
def test_a_script_is_told_what_to_write_instead(acme: Path, options: tuple[str, ...], says: str) -> None:
    said = mbl("conflicts", *options)
    assert (said.code, said.out) == (2, "")
    assert says in said.err


def test_a_broken_file_is_said_and_left_out(acme: Path) -> None:
    (acme / "items/dealer-newsletter-december-sbrjs.yaml").write_text("title: [")
    said = mbl("conflicts", "--touches")
    assert said.code == 1
    assert "Left out: items/dealer-newsletter-december-sbrjs.yaml" in said.err
    assert "dealers: 4 touches" in said.out


def test_a_new_request_that_would_collide_is_saved_with_a_warning(acme: Path) -> None:
    said = mbl("add", "Dealers call us", "--audience", "dealers", "--runs", "2026-12-02")
    assert said.code == 0
    assert said.err.endswith(WARNED)
    assert mbl("show", "Dealers call us", "-f", "json").json["item"]["runs"] == ["2026-12-02"]


def test_accepting_and_editing_warn_where_the_audience_would_meet_it_otherwise(acme: Path) -> None:
    assert mbl("edit", "tn6vh", "--runs", "2026-12-02").err == WARNED
    assert mbl("edit", "tn6vh", "--how", "They asked for it").err == ""
    assert mbl("accept", "tn6vh").err.endswith(WARNED)
    assert mbl("edit", "tn6vh", "--runs", "2027-02-02").err == ""


def test_a_pace_is_given_like_in_a_file(acme: Path) -> None:
    said = mbl(
        "add",
        "Radio",
        "--audience",
        "dealers",
        "--runs",
        "{from: 2026-12-01, to: 2026-12-06, touches_per_week: 1}",
    )
    assert WARNED in said.err
    wrong = mbl("add", "Radio", "--runs", "{from: 2026-12-06, to: 2026-12-01}")
    assert (wrong.code, wrong.out) == (1, "")
    assert "it runs until 2026-12-01, and begins only on 2026-12-06" in wrong.err
    assert mbl("add", "Radio", "--runs", "soon").code == 2


def test_an_offer_that_contradicts_another_is_saved_with_a_warning(acme: Path) -> None:
    said = mbl(
        "add",
        "Deal",
        "--audience",
        "cto",
        "--offer",
        "{product: Acme Dock, kind: discount, value: 10%, from: 2026-12-01}",
    )
    assert said.code == 0
    assert (
        "do not go together: 20% against 10%; both reach cto from 1 to 18 December 2026.\nSee: mbl conflicts\n"
        in said.err
    )


def test_the_blueprint_says_what_something_new_would_collide_with(acme: Path) -> None:
    assert mbl("edit", "tn6vh", "--runs", "2026-12-02").code == 0
    assert WARNED in mbl("blueprint", "--with", "tn6vh").err
    alone = mbl("blueprint")
    last = alone.out.splitlines()[-1]
    assert last == "Mind: 1 collision and 1 contradictory offer in what is promised. See: mbl conflicts"
    assert alone.err == ""


def test_a_file_changed_in_the_editor_is_warned_about(acme: Path, editor: Callable[..., Path]) -> None:
    editor('echo "runs: [2026-12-02]" >> "$1"')
    assert WARNED in mbl("edit", "tn6vh").err
