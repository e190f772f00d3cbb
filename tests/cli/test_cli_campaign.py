"""`mbl campaign` and `mbl campaign show` on the example: whole screens, and everything that can be asked of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gitworld import git, pin, repository
from world import copy_acme, mbl, process, terminal

FIRST = "campaigns/linkedin-outreach-to-ctos-m4v7d.yaml"
SECOND = "campaigns/linkedin-outreach-to-ctos-second-try-q8n2k.yaml"
CONTRACT = {"id", "title", "verdict", "probability", "success_criteria", "next_look", "decision"}
CRITERION = {"id", "kind", "n", "k", "need", "probability", "interval", "verdict"}


@pytest.mark.parametrize("width", [80, 60])
@pytest.mark.parametrize("words", [("campaign", "--all"), ("campaign", "show", "q8n2k")], ids=" ".join)
def test_a_screen(acme: Path, golden: Callable[[str, str], None], width: int, words: tuple[str, ...]) -> None:
    name = "-".join(word.strip("-") for word in words)
    shown = terminal(*words, width=width, height=60, env={"NO_COLOR": "1"})
    assert shown.code == 0
    assert all(len(line) <= width for line in shown.lines)
    golden(f"{name}-{width}.txt", shown.text)


def test_colour_changes_no_word(acme: Path) -> None:
    plain, colored = (terminal("campaign", "show", "q8n2k", env=env) for env in ({"NO_COLOR": "1"}, {}))
    assert plain.lines == colored.lines
    assert "\x1b[" in colored.raw
    assert "\x1b[" not in plain.raw


def test_the_second_outreach_is_on_track(acme: Path) -> None:
    (found,) = mbl("campaign", "show", "q8n2k", "-f", "json").json["campaigns"]
    assert set(found) >= CONTRACT
    assert (found["verdict"], round(found["probability"], 4), found["decision"]) == ("on-track", 0.7452, None)
    assert all(set(each) >= CRITERION for each in found["success_criteria"])
    assert [(each["k"], each["n"], each["need"]) for each in found["success_criteria"]] == [
        (8, 60, 12),
        (2, 8, 5),
    ]
    assert "On track: 74.5 %, with 8/60 accepted, 2 meetings" in mbl("campaign", "show", "second").out


def test_the_first_outreach_was_to_be_stopped_after_a_week(acme: Path) -> None:
    text = (acme / FIRST).read_text()
    (acme / FIRST).write_text(text[: text.index("decision:")])
    said = mbl("--today", "2026-10-19", "campaign", "show", "m4v7d")
    assert "Abort: 2.3 %, with 0/30 accepted" in said.out
    assert "A decision is due today: mbl campaign decide m4v7d" in said.out
    (found,) = mbl("--today", "2026-10-19", "campaign", "show", "m4v7d", "-f", "json").json["campaigns"]
    assert (found["verdict"], found["phase"], found["overdue_days"]) == ("abort", "due", 0)
    listed = mbl("--today", "2026-10-19", "campaign").out
    assert listed.index("m4v7d") < listed.index("h2rvn"), "what is due stands first"


def test_a_decision_that_is_due_stands_wherever_one_looks(acme: Path) -> None:
    home = mbl().out
    assert (
        "Decisions due\nh2rvn  Postcard to dealers who stopped ordering (missed, 7 calls; 9 days overdue)"
        in home
    )
    assert home.endswith("Next: mbl campaign show h2rvn, then mbl campaign decide h2rvn\n")
    assert mbl("campaign").out.startswith("A decision is due\n")
    found = mbl("check", "-f", "json").json["problems"]
    assert [(each["code"], each["level"], each["fix"]) for each in found] == [
        ("decision-due", "warning", "mbl campaign decide h2rvn scale|repeat|stop")
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), ["h2rvn", "q8n2k", "w7dpk", "c4tbx"]),
        (("--all",), ["h2rvn", "q8n2k", "w7dpk", "c4tbx", "m4v7d"]),
        (("--phase", "Decided"), ["m4v7d"]),
        (("--phase", "planned,due"), ["h2rvn", "c4tbx"]),
        (("--outcome", "pipeline"), ["q8n2k", "c4tbx"]),
        (("--audience", "dealers", "--audience", "cto"), ["h2rvn", "q8n2k"]),
        (("--channel", "email"), ["w7dpk"]),
        (("--text", "warehouse"), ["q8n2k"]),
        (("--limit", "1"), ["h2rvn"]),
    ],
    ids=str,
)  # fmt: skip
def test_filters(acme: Path, words: tuple[str, ...], found: list[str]) -> None:
    said = mbl("campaign", *words, "-f", "json")
    assert said.json["kind"] == "campaigns"
    assert said.json["decided"] == (
        1 if not words or words[0] in ("--all", "--limit") or "ecided" in words[-1] else said.json["decided"]
    )
    assert [each["id"] for each in said.json["campaigns"]] == found


def test_a_filter_that_nothing_fits_names_the_nearest(acme: Path) -> None:
    said = mbl("campaign", "--audience", "dealer")
    assert (said.code, said.out) == (0, "No campaign fits.\n")
    assert said.err == "No campaign has audience dealer. Did you mean dealers?\n"
    wrong = mbl("campaign", "--phase", "plannd")
    assert (wrong.code, wrong.out) == (2, "")
    assert "Did you mean planned?" in wrong.err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("zzzzz",), 1, "fits no campaign"), (("linkedin outreach",), 0, "second try"), (("q8n",), 0, "second try"),
        (("o",), 1, "fits 4 campaigns"), ((), 2, "REF"), (("q8n2k", "m4v7d"), 2, "m4v7d"), (("",), 1, "fits no campaign"),
        (("[red]",), 1, "[red]"),
    ],
)  # fmt: skip
def test_which_campaign_is_meant(acme: Path, words: tuple[str, ...], code: int, says: str) -> None:
    said = mbl("campaign", "show", *words)
    assert said.code == code
    assert says in said.out + said.err
    assert not (said.code and said.out)


def test_in_every_format(acme: Path) -> None:
    assert mbl("campaign", "-f", "csv").out.startswith("id,title,phase,verdict,probability,")
    assert mbl("campaign", "show", "q8n2k", "-f", "csv").out.splitlines()[:2] == [
        "date,invites,accepted,meetings", "2026-11-06,24,2,0",
    ]  # fmt: skip
    page = mbl("campaign", "show", "q8n2k", "-f", "md").out
    assert "| Date | accepted | the straight line to 12 by 2026-12-11 |" in page
    assert "| 2026-11-20 | 8 | 5.5 |" in page


def test_a_broken_file_does_not_stop_the_others(acme: Path) -> None:
    (acme / SECOND).write_text("id: q8n2k\ntitle: [\n")
    said = mbl("campaign", "-f", "json")
    assert (said.code, [each["id"] for each in said.json["campaigns"]]) == (1, ["h2rvn", "w7dpk", "c4tbx"])
    assert f"Left out: {SECOND}:" in said.err
    refused = mbl("campaign", "show", "q8n2k")
    assert (refused.code, refused.out) == (1, "")
    assert "broken" in refused.err


def test_what_is_user_text_is_no_markup_and_steers_nothing(acme: Path) -> None:
    text = (acme / SECOND).read_text()
    (acme / SECOND).write_text(
        text.replace(
            "title: LinkedIn outreach to CTOs, second try", 'title: "[red]長い名前\\e[31m\\nx"'
        ).replace("id: acceptance", "id: '[b]長い[/b]'")
    )
    for width in (60, 80):
        shown = terminal("campaign", "show", "q8n2k", width=width, height=60, env={"NO_COLOR": "1"})
        assert "\x1b[31m" not in shown.raw
        assert "[red]長い名前␛[31m" in shown.text
        assert "[b]長い[/b]" in shown.text


def test_who_forgets_the_word_show_is_told(acme: Path) -> None:
    said = mbl("campaign", "q8n2k")
    assert (said.code, said.out) == (2, "")
    assert "mbl campaign show REF" in said.err


def test_a_criterion_that_was_changed_without_a_reason_is_named(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin(monkeypatch)
    root = copy_acme(repository(here / "repo") / "acme")
    monkeypatch.chdir(root)
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "First")
    assert "criterion changed" not in mbl("campaign", "show", "q8n2k").out
    (root / SECOND).write_text((root / SECOND).read_text().replace("at_least: 10%", "at_least: 5%"))
    assert "criterion changed and not committed yet: acceptance" in mbl("campaign", "show", "q8n2k").out
    git(root, "commit", "--quiet", "-am", "Lower")
    said = mbl("campaign", "show", "q8n2k", "-f", "json").json["campaigns"][0]["changed_criteria"]
    assert len(said) == 1
    assert said[0].startswith("criterion changed on ")
    assert said[0] in mbl("campaign", "show", "q8n2k").out


def test_nothing_yet_and_outside_a_backlog(here: Path) -> None:
    assert mbl("campaign").code == 1
    mbl("init", "--no-git")
    said = mbl("campaign")
    assert (said.code, said.out.splitlines()[0]) == (0, "No campaign yet.")
    assert "There is no campaign yet." in mbl("campaign", "show", "x").err


def test_a_pipe_that_closes_is_no_error(acme: Path) -> None:
    said = process("campaign", "show", "q8n2k", env={"PYTHONIOENCODING": "ascii"})
    assert said.code == 0, "a terminal without braille gets something, never a crash"
