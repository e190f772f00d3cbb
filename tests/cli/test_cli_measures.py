"""`mbl measures`: described, read, shown; a reading changes one line of one file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from world import files, mbl, terminal, write_backlog

Golden = Callable[[str, str], None]

TRUST = (
    "id: trust\nscope: customer\nreadings:   # asked on the phone\n  - {date: 2026-10-31, k: 137, n: 206}\n"
)


@pytest.fixture
def measured(small: Path) -> Path:
    """The small backlog with a value and a share."""
    (small / "measures").mkdir()
    (small / "measures/pipeline.yaml").write_text("id: pipeline\nunit: kEUR\n# nothing yet\n")
    (small / "measures/trust.yaml").write_text(TRUST)
    return small


def series(name: str):
    said = mbl("measures", "--measure", name, "-f", "json")
    assert said.code == 0, said.err
    (found,) = said.json["series"]
    return found


def test_the_answer_for_programs_has_the_promised_fields(acme: Path) -> None:
    answer = mbl("measures", "-f", "json").json
    assert (answer["schema_version"], answer["kind"]) == (1, "measures")
    assert {"throughput", "cycle_time", "age", "wip", "series", "channel_conflicts"} <= set(answer)
    assert [each["id"] for each in answer["series"]] == sorted(each["id"] for each in answer["series"])
    assert series("activation")["readings"][-1]["value"] == 43.5
    assert series("activation")["verdict"] == "better"


def test_all_stand_in_one_table_and_one_alone_with_every_reading(acme: Path) -> None:
    assert "First route within 14 days" in mbl("measures").out
    out = mbl("measures", "--measure", "dealer-satisfaction").out
    assert "171 of 214" in out
    assert ": worse" in out


def test_too_few_answers_of_a_team_are_not_shown(measured: Path) -> None:
    assert mbl("measures", "new", "morale", "--scope", "team").code == 0
    assert mbl("measures", "log", "morale", "3/4").code == 0
    for form in ("table", "json", "csv", "md"):
        out = mbl("measures", "--measure", "morale", "-f", form).out
        assert "3 of 4" not in out
        assert "0.75" not in out
        assert "75 %" not in out


def test_a_new_one_has_a_file_and_may_be_read_at_once(measured: Path) -> None:
    said = mbl(
        "measures", "new", "demos", "--name", "Demos booked", "--scope", "Business", "--unit", "demos",
        "--better", "up", "--audience", "cto",
    )  # fmt: skip
    assert (said.code, said.out) == (0, "Added the measure demos\n")
    text = (measured / "measures/demos.yaml").read_text()
    assert text.splitlines()[1:] == ["id: demos", "name: Demos booked", "unit: demos", "audience: cto"]
    assert mbl("measures", "log", "demos", "12", "--date", "2026-11-20").code == 0
    said = mbl("measures", "log", "demos", "14 demos")
    assert (said.code, said.out.startswith("Changed")) == (0, True)
    assert "readings" in said.out
    assert "14" in said.out
    found = series("demos")
    assert (found["first"], found["last"], found["change"], found["verdict"]) == (12, 14, 2, "better")


def test_a_reading_adds_a_line_and_leaves_the_rest_alone(measured: Path) -> None:
    before = files(measured)
    assert mbl("measures", "log", "trust", "150/210").code == 0
    after = files(measured)
    assert after.pop("measures/trust.yaml").decode() == TRUST + "  - {date: 2026-11-22, k: 150, n: 210}\n"
    del before["measures/trust.yaml"]
    assert after == before


def test_the_same_reading_again_changes_nothing_and_another_needs_replace(measured: Path) -> None:
    assert mbl("measures", "log", "pipeline", "2415").code == 0
    before = files(measured)
    assert mbl("measures", "log", "pipeline", "2415").err == "Nothing to change.\n"
    said = mbl("measures", "log", "pipeline", "2500")
    assert (said.code, said.out, files(measured)) == (1, "", before)
    assert "has a reading of 2026-11-22 already: 2415" in said.err
    assert mbl("measures", "log", "pipeline", "2500", "--replace").code == 0
    assert [each["value"] for each in series("pipeline")["readings"]] == [2500]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("log", "pipelin", "1"), 1, "Did you mean pipeline?"),
        (("log", "pipeline", "many"), 2, "'many' is no reading"),
        (("log", "pipeline", "nan"), 2, "is no reading"),
        (("log", "pipeline", "1", "--date", "2026-11-23"), 1, "lies in the future"),
        (("log", "pipeline"), 2, "VALUE|K/N is missing"),
        (("log", "trust", "66"), 1, "trust is read as k of n"),
        (("log", "trust", "7/0"), 1, "at least one try"),
        (("log", "trust", "8/7"), 1, "8 of 7 cannot be"),
        (("new", "trust"), 1, "There is a measure trust already (measures/trust.yaml)."),
        (("new", "a/b"), 1, "cannot be the name of a file"),
        (("new", "--", "-x"), 1, "cannot be the name of a file"),
        (("new", "two words"), 2, "one word"),
        (("new", "x", "--scope", "chanel"), 2, "Did you mean channel?"),
        (("new", "x", "--better", "sideways"), 2, "One of: up, down."),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_written(
    measured: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    before = files(measured)
    said = mbl("measures", *words)
    assert (said.code, said.out) == (code, "")
    assert says in said.err
    assert files(measured) == before


def test_a_broken_file_of_a_measure_is_never_overwritten(measured: Path) -> None:
    (measured / "measures/nps.yaml").write_text("[")
    said = mbl("measures", "new", "nps")
    assert (said.code, said.out) == (1, "")
    assert "measures/nps.yaml cannot be read." in said.err
    assert (measured / "measures/nps.yaml").read_text() == "["


def test_a_reading_below_zero_is_written_behind_two_dashes(measured: Path) -> None:
    assert mbl("measures", "log", "pipeline", "--", "-3.5").code == 0
    assert series("pipeline")["last"] == -3.5


def test_a_dry_run_says_what_would_be_and_writes_nothing(measured: Path) -> None:
    before = files(measured)
    said = mbl("measures", "log", "trust", "150/210", "--dry-run", "-f", "json")
    assert said.json["changes"][0]["field"] == "readings"
    assert mbl("measures", "new", "x", "--dry-run").out == "Would add the measure x\n"
    assert files(measured) == before


def test_an_unknown_one_is_named_with_its_nearest(measured: Path) -> None:
    said = mbl("measures", "--measure", "trst")
    assert (said.code, said.out) == (1, "")
    assert "Did you mean trust?" in said.err


def test_without_any_the_first_step_is_named(small: Path) -> None:
    assert "mbl measures new" in mbl("measures").out


# How work flows, before and after, channel against customer


def test_the_whole_screen_is_the_one_that_was_approved(acme: Path, golden: Golden) -> None:
    for width in (80, 60):
        golden(f"measures-{width}.txt", terminal("measures", width=width).text)
    golden("measures-flow.txt", terminal("measures", "--flow").text)
    golden("measures-before-after.txt", terminal("measures", "--before-after", "2026-07-01").text)


def test_acme_shows_each_conflict_between_channel_and_customer(acme: Path) -> None:
    conflicts = mbl("measures", "-f", "json").json["channel_conflicts"]
    assert [(each["code"], each["proven"]) for each in conflicts[:3]] == [
        ("opposite-directions", True), ("channel-only-team", True), ("channel-only-work", True),
    ]  # fmt: skip
    judged = conflicts[3:]
    assert {each["code"] for each in judged} == {"channel-only-campaign"}
    assert ["accepted", "meetings"] in [each["counters"] for each in judged]
    assert conflicts[0]["measures"] == ["email-opens", "dealer-satisfaction"]


def test_acme_shows_how_its_work_flows(acme: Path) -> None:
    answer = mbl("measures", "-f", "json").json
    assert answer["throughput"][0] == {"week": "2026-08-03", "finished": 1}
    assert sum(week["finished"] for week in answer["throughput"]) == 16
    assert answer["cycle_time"] == {"p50": 11, "p85": 30, "p95": 40, "items": 16, "unknown": 0}
    assert answer["wip"] == len(answer["age"]) == 7
    assert [each["age"] for each in answer["age"] if each["old"]] == [91, 49, 35]
    assert [each["id"] for each in answer["waste"]] == ["vnv7s"]


def test_acme_was_reorganised_and_two_numbers_are_different_since(acme: Path) -> None:
    rows = mbl("measures", "--before-after", "2026-07-01", "-f", "json").json["before_after"]["measures"]
    assert {row["id"]: row["direction"] for row in rows if row["answer"] == "different"} == {
        "answered-in-a-day": "better", "leads-sent-back": "better",
    }  # fmt: skip
    morale = next(row for row in rows if row["id"] == "morale")
    assert (morale["before"]["k"], morale["after"]["k"], morale["answer"]) == (4, 7, "cannot tell")


def test_a_team_is_shown_its_own_flow(acme: Path) -> None:
    answer = mbl("measures", "--team", "growth", "-f", "json").json
    assert sum(week["finished"] for week in answer["throughput"]) == 6
    assert (answer["series"], answer["channel_conflicts"]) == ([], [])
    assert {each["team"] for each in mbl("measures", "--team", "brand", "-f", "json").json["age"]} >= {
        "brand"
    }
    said = mbl("measures", "--team", "grwth")
    assert (said.code, said.out) == (0, "No request fits.\n")
    assert "Did you mean growth?" in said.err


@pytest.mark.parametrize(
    ("part", "header", "says"),
    [
        ("--flow", "week,finished", "Finished in the week of"),
        (
            "--series",
            "id,name,scope,audience,unit,first,last,verdict,read\nactivation,",
            "Dealers who would sell Acme again",
        ),
        ("--channels", "code,words,to_do", "Channel against customer"),
    ],
)
def test_a_part_stands_alone_in_every_format(acme: Path, part: str, header: str, says: str) -> None:
    out = mbl("measures", part).out
    assert says in out
    assert mbl("measures", part, "-f", "csv").out.startswith(header)
    assert says.split(" in ", maxsplit=1)[0] in mbl("measures", part, "-f", "md").out
    others = {"--flow", "--series", "--channels"} - {part}
    assert mbl("measures", part, *others).out == mbl("measures").out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--before-after", "2026-11-23"), 1, "lies in the future"),
        (("--before-after", "yesterday"), 2, "is not a date"),
        (("--before-after", "2026-07-01", "--flow"), 2, "not about flow or channels"),
        (("--measure", "morale", "--channels"), 2, "not about flow or channels"),
        (("--measure", "morale", "--team", "growth"), 2, "Filters choose requests"),
        (("--team", "growth", "--series"), 2, "Filters choose requests"),
        (("--status", "dooing"), 2, "Did you mean doing?"),
        (("--before-after", "2026-07-01", "--measure", "moral"), 1, "Did you mean morale?"),
    ],
)
def test_what_does_not_go_together_is_refused_and_never_dropped(
    acme: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    said = mbl("measures", *words)
    assert (said.code, said.out) == (code, "")
    assert says in said.err


def test_an_empty_backlog_is_told_how_to_begin(here: Path) -> None:
    write_backlog(here, ())
    out = mbl("measures").out
    assert "mbl start REF" in out
    assert "mbl measures new" in out
    assert mbl("measures", "--before-after", "2026-07-01").code == 0
    assert "No measure is a channel's" in mbl("measures", "--channels").out


def test_readings_that_a_hand_wrote_wrongly_break_nothing(small: Path) -> None:
    (small / "measures").mkdir()
    odd = "{date: 2026-11-01, k: 9, n: 4}, {date: 2026-11-02}, {date: 2027-01-01, k: 1, n: 2}, {date: 2026-11-03, k: 3}"
    for name, scope in (("opens", "channel"), ("trust", "customer")):
        (small / f"measures/{name}.yaml").write_text(f"id: {name}\nscope: {scope}\nreadings: [{odd}]\n")
    for words in ((), ("--measure", "opens"), ("--before-after", "2026-11-02"), ("--channels",), ("--flow",)):
        for form in ("table", "json", "csv", "md"):
            assert mbl("measures", *words, "-f", form).code == 0
    assert [each["readings"] for each in mbl("measures", "-f", "json").json["series"]] == [[], []]
    assert mbl("check").code == 1


@pytest.mark.parametrize("width", [60, 80])
def test_no_screen_of_it_wraps(acme: Path, width: int) -> None:
    for words in ((), ("--measure", "dealer-satisfaction"), ("--flow",), ("--before-after", "2026-07-01")):
        screen = terminal("measures", *words, width=width)
        assert screen.code == 0
        assert len(screen.lines) == len(screen.raw.rstrip().split("\n"))
