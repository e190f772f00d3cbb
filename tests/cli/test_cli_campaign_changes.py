"""`mbl campaign new`, `log`, `edit`, `decide` and `learned`: what changes a campaign, and what refuses to."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gitworld import git, pin, repository
from mbl.core.campaigns.design import design_check
from mbl.core.campaigns.edits import FROZEN
from mbl.model.campaign import Campaign
from mbl.storage import codec
from sitting import CTRL_C, CTRL_D, ENTER, Sitting
from world import changed, files, mbl, process, terminal

Editor = Callable[..., Path]
FIRST = "campaigns/linkedin-m4v7d.yaml"
SECOND = "campaigns/second-try-q8n2k.yaml"
TEXTS = {
    FIRST: (
        "id: m4v7d\ntitle: LinkedIn outreach\naudience: cto\nchannel: linkedin\nhypothesis: They accept\n"
        "start: 2026-10-12\ndeadline: 2026-11-27\nsuccess_criteria:\n"
        "  - {id: acceptance, kind: rate, is: accepted, of: invites, at_least: 10%, planned: 120}\n"
        "readings: [{date: 2026-10-19, invites: 30, accepted: 0}]\n"
        "decision: {date: 2026-10-19, by: ben, verdict: stop, reason: Nobody accepted, learned: No link in the first word}\n"
    ),
    SECOND: (
        "# Ana knows more\nid: q8n2k\ntitle: LinkedIn, second try\noutcome: pipeline\naudience: cto\nchannel: linkedin\n"
        "hypothesis: They accept a person\nstart: 2026-11-02\ndeadline: 2026-12-11\nsuccess_criteria:   # set on 30 October\n"
        "  - {id: acceptance, kind: rate, is: accepted, of: invites, at_least: 10%, planned: 120, window_days: 7}   # one in ten\n"
        "  - {id: meetings, kind: count, is: meetings, of: accepted, at_least: 5, window_days: 10}\n"
        "readings:   # Tuesdays and Fridays\n"
        "  - {date: 2026-11-06, invites: 24, accepted: 2}\n"
        "  # the holiday lies between\n"
        "  - { date: 2026-11-13,  invites: 60, accepted: 6, meetings: 1 }   # Ana was ill\n"
        "x-note: mine\n"
    ),
}  # fmt: skip
GUIDEPOINT = "statement: Shippers come to us\nfrom: 2026-10-01\nto: 2026-12-31\noutcomes:\n  - {id: pipeline, text: More}\n"
RATE = "acceptance: accepted of invites >= 10% planned 120 window 7d"
LOWER = 'sed -i "s/at_least: 10%/at_least: 5%/" "$1"'
MEETINGS = "meetings: meetings of accepted >= 5 window 10d"
NEW = ("campaign", "new", "Postcards to dealers", "--hypothesis", "They call", "--start", "2026-11-30")
WHOLE = (*NEW, "--deadline", "2026-12-30", "--criterion", RATE, "--criterion", MEETINGS)


@pytest.fixture
def held(small: Path) -> Path:
    """The small backlog with two campaigns, one of them decided, audiences and a Guidepoint."""
    for folder in ("campaigns", "guidepoints"):
        (small / folder).mkdir()
    for path, text in TEXTS.items():
        (small / path).write_text(text)
    (small / "guidepoints/2026-q4.yaml").write_text(GUIDEPOINT)
    with (small / "mbl.yaml").open("a") as settings:
        settings.write("audiences: [{id: cto}, {id: dealers}]\n")
    return small


def campaign(path: Path) -> Campaign:
    read: Campaign = codec.parse(f"campaigns/{path.name}", path.read_bytes())
    return read


def second(root: Path) -> Campaign:
    return campaign(root / SECOND)


def made(root: Path) -> Campaign:
    (path,) = (path for path in (root / "campaigns").iterdir() if f"campaigns/{path.name}" not in TEXTS)
    return campaign(path)


def objections() -> list[str]:
    """What `mbl check` calls an error in campaigns."""
    problems = mbl("check", "-f", "json").json["problems"]
    return [
        each["message"]
        for each in problems
        if each["path"].startswith("campaigns/") and each["level"] == "error"
    ]


def log(*words: str, **how: str):
    return mbl("campaign", "log", "q8n2k", *words, **how)


def decide(*words: str):
    return mbl("campaign", "decide", "q8n2k", *words)


# New


def test_options_make_a_campaign_in_a_file_of_its_own(held: Path) -> None:
    before = files(held)
    said = mbl(*WHOLE, "--audience", "dealers", "--outcome", "pipeline", "--channel", "postcard")
    assert said.code == 0, said.err
    (path,) = changed(before, files(held))
    new = campaign(held / path)
    assert path == f"campaigns/postcards-to-dealers-{new.id}.yaml"
    assert said.out.startswith(f"Planned {new.id}: {path}\n")
    assert (new.title, new.hypothesis, new.audience, new.outcome, new.channel) == (
        "Postcards to dealers", "They call", "dealers", "pipeline", "postcard",
    )  # fmt: skip
    assert (new.start, new.deadline) == (date(2026, 11, 30), date(2026, 12, 30))
    assert [(each.id, each.at_least, each.planned, each.window_days) for each in new.success_criteria] == [
        ("acceptance", "10%", 120, 7), ("meetings", "5", None, 10),
    ]  # fmt: skip
    assert f"mbl campaign log {new.id} invites=… accepted=… meetings=…" in said.err
    assert objections() == []


def test_the_design_check_is_printed_at_once_and_kept_for_programs(held: Path) -> None:
    said = mbl(*WHOLE)
    new = made(held)
    sentences = design_check(new.success_criteria, new.start, new.deadline)
    assert sentences
    for sentence in sentences:
        assert sentence in said.out
    answer = mbl(*WHOLE, "-f", "json", "--dry-run").json
    assert (answer["kind"], answer["design"]) == ("change", list(sentences))
    assert answer["campaign"] is None
    answer = mbl(*WHOLE, "-f", "json").json
    assert answer["paths"][0].endswith(f"-{answer['campaign']}.yaml")


def test_earlier_campaigns_with_the_same_audience_or_channel_are_shown(held: Path) -> None:
    for options in (("--audience", "cto"), ("--channel", "LinkedIn")):
        said = mbl(*WHOLE, *options, "--dry-run")
        assert "Earlier: “LinkedIn outreach” (m4v7d: cto, linkedin) was stopped on 2026-10-19." in said.err
        assert "No link in the first word" in said.err
        (told,) = mbl(*WHOLE, *options, "--dry-run", "-f", "json").json["earlier"]
        assert (told["id"], told["learned"], told["path"]) == ("m4v7d", "No link in the first word", FIRST)
    assert "Earlier" not in mbl(*WHOLE, "--audience", "dealers", "--dry-run").err


def test_scripts_are_told_every_option_that_is_missing(held: Path) -> None:
    before = files(held)
    said = mbl("campaign", "new", "Postcards", "--start", "2026-11-30")
    assert said.code == 2
    assert "--hypothesis, --deadline and --criterion are missing." in said.err
    said = mbl(*NEW, "--criterion", RATE)
    assert said.code == 2
    assert "--deadline is missing." in said.err
    assert "--deadline 2027-01-15" in said.err
    assert files(held) == before


@pytest.mark.parametrize(
    ("options", "says", "code"),
    [
        (("--deadline", "2026-11-29", "--criterion", RATE), "lies before the start", 2),
        (("--deadline", "soon", "--criterion", RATE), "not a date", 2),
        (("--deadline", "2026-12-30", "--criterion", "a of b >= 0%"), "above 0", 2),
        (("--deadline", "2026-12-30", "--criterion", "a of b >= 101%"), "at most at 100 %", 2),
        (("--deadline", "2026-12-30", "--criterion", "a of b >= 5% planned 0"), "at least one try", 2),
        (("--deadline", "2026-12-30", "--criterion", RATE, "--criterion", RATE), "Two criteria", 2),
        (("--deadline", "2026-12-30", "--criterion", RATE, "--audience", "ctoo"), "Did you mean cto?", 1),
        (
            ("--deadline", "2026-12-30", "--criterion", RATE, "--outcome", "pipelin"),
            "Did you mean pipeline?",
            1,
        ),
        (("--deadline", "2026-12-30", "--criterion", RATE, "--outcome", "a b"), "one word", 2),
    ],
)
def test_what_nobody_could_judge_is_refused(
    held: Path, options: tuple[str, ...], says: str, code: int
) -> None:
    before = files(held)
    said = mbl(*NEW, *options)
    assert (said.code, said.out) == (code, "")
    assert says in said.err
    assert files(held) == before


def test_every_wrong_criterion_is_named_at_once(held: Path) -> None:
    said = mbl(*NEW, "--deadline", "2026-12-30", "--criterion", "nonsense", "--criterion", "a of b >= 0%")
    assert "nonsense" in said.err
    assert "above 0" in said.err


def test_a_start_in_the_past_and_a_title_that_is_taken_are_remarked_on(held: Path) -> None:
    said = mbl(
        "campaign", "new", "linkedin, Second try", "--hypothesis", "x", "--start", "2026-11-02", "--deadline", "2026-12-30",
        "--criterion", "a >= 5",
    )  # fmt: skip
    assert said.code == 0
    assert "it has been running since 2026-11-02" in said.err
    assert "a campaign of this title already: q8n2k" in said.err
    late = (*NEW[:5], "--start", "2026-10-01", "--deadline", "2026-10-30", "--criterion", "a >= 5")
    assert "has passed" in mbl(*late).err


def test_without_audiences_and_guidepoints_any_word_will_do(small: Path) -> None:
    assert mbl(*WHOLE, "--audience", "dealers", "--outcome", "calls").code == 0


def test_a_terminal_asks_for_what_was_not_said_and_explains_what_it_cannot_read(held: Path) -> None:
    sitting = Sitting("campaign", "new", "Postcards to dealers", width=70).types(
        "ctoo\r", "cto\r", "linkedin\r", "\r",
        "\r", "They call\r", "soon\r", "\r", "2026-11-01\r", "2026-12-30\r",
        "\r", "nonsense\r", f"{RATE}\r", f"{RATE}\r", f"{MEETINGS}\r", "\r",
    )  # fmt: skip
    assert sitting.leaves() == 0
    for part in (
        "There is no audience ctoo. Did you mean cto?", "Earlier: “LinkedIn outreach”", "needs a hypothesis",
        "'soon' is not a date", "[2026-11-22]", "lies before the start", "needs words", "does not say how much",
        "Two criteria are called acceptance", "Criterion 3: (Enter: no more)", "Planned",
    ):  # fmt: skip
        assert part in " ".join(sitting.text.split()), part
    assert sitting.text.index("Earlier:") < sitting.text.index("What do we believe")
    new = made(held)
    assert (new.hypothesis, new.start, new.deadline) == ("They call", date(2026, 11, 22), date(2026, 12, 30))
    assert (new.audience, new.channel, new.outcome) == ("cto", "linkedin", None)
    assert [each.id for each in new.success_criteria] == ["acceptance", "meetings"]


@pytest.mark.parametrize(("key", "code"), [(CTRL_C, 130), (CTRL_D, 1)])
def test_who_leaves_in_the_middle_leaves_nothing_behind(held: Path, key: str, code: int) -> None:
    before = files(held)
    sitting = Sitting("campaign", "new", "Postcards").types("cto\r", "\r", "\r", "They call\r", key)
    assert sitting.leaves() == code
    assert files(held) == before


# Log


def test_a_reading_is_a_new_line_and_no_other_byte_changes(held: Path) -> None:
    before = files(held)
    said = log("invites=70", "accepted=9", "meetings=2")
    assert said.code == 0, said.err
    assert "2026-11-22: invites 70, accepted 9, meetings 2" in said.out
    line = "  - {date: 2026-11-22, invites: 70, accepted: 9, meetings: 2}\n"
    assert (held / SECOND).read_text() == TEXTS[SECOND].replace("x-note", f"{line}x-note")
    assert changed(before, files(held)) == {SECOND}


def test_a_reading_of_an_earlier_day_goes_between_and_the_comments_stay(held: Path) -> None:
    assert log("invites=45", "--date", "2026-11-10").code == 0
    text = TEXTS[SECOND]
    after = "accepted: 2}\n"
    assert (held / SECOND).read_text() == text.replace(
        after, f"{after}  - {{date: 2026-11-10, invites: 45}}\n"
    )


def test_a_counter_that_was_not_read_that_day_changes_that_line_alone(held: Path) -> None:
    assert log("meetings=0", "--date", "2026-11-06").code == 0
    assert (held / SECOND).read_text() == TEXTS[SECOND].replace(
        "{date: 2026-11-06, invites: 24, accepted: 2}",
        "{date: 2026-11-06, invites: 24, accepted: 2, meetings: 0}",
    )


def test_a_correction_keeps_the_trace_and_the_comments(held: Path) -> None:
    said = log("accepted=5", "--date", "2026-11-13", "--correct", "--reason", "One was counted twice")
    assert said.code == 0, said.err
    text = (held / SECOND).read_text()
    assert "  - { date: 2026-11-13,  invites: 60, accepted: 5, meetings: 1 }   # Ana was ill\n" in text
    assert "  # the holiday lies between\n" in text
    (trace,) = second(held).changes
    assert (trace.by, trace.reason) == (
        "ana", "reading of 2026-11-13: accepted 6 → 5: One was counted twice",
    )  # fmt: skip


def test_what_it_means_for_the_campaign_is_said(held: Path) -> None:
    assert "of 70 accepted" in log("invites=70", "accepted=9", "meetings=2").err
    said = log("meetings=0", "--date", "2026-11-06")
    assert said.code == 0


def test_the_same_reading_twice_changes_nothing(held: Path) -> None:
    before = files(held)
    said = log("accepted=2", "--date", "2026-11-06")
    assert (said.code, said.out) == (0, "")
    assert "Nothing to change." in said.err
    assert files(held) == before


LINES = "2026-11-10 invites=45 accepted=5\ninvites=70 accepted=9\n"
COMMAS = "date,invites,accepted,meetings\n2026-11-10,45,5,\n2026-11-22,70,9,\n"
SEMICOLONS = "\ufeffDatum;Accepted;Invites\r\n10.11.2026;5;45\r\n22.11.2026;9;70\r\n"


@pytest.mark.parametrize("text", [LINES, COMMAS, SEMICOLONS])
def test_readings_come_from_standard_input_as_lines_or_csv(held: Path, text: str) -> None:
    said = log("-", input=text)
    assert said.code == 0, said.err
    added = [
        each for each in second(held).readings if each["date"] in (date(2026, 11, 10), date(2026, 11, 22))
    ]
    assert added == [
        {"date": date(2026, 11, 10), "invites": 45, "accepted": 5},
        {"date": date(2026, 11, 22), "invites": 70, "accepted": 9},
    ]


@pytest.mark.parametrize("text", [COMMAS, SEMICOLONS])
def test_readings_come_from_a_file(held: Path, tmp_path: Path, text: str) -> None:
    file = tmp_path / "numbers.csv"
    file.write_text(text)
    assert log("--csv", str(file)).code == 0
    assert len(second(held).readings) == 4


@pytest.mark.parametrize(
    ("words", "says", "code"),
    [
        (("accepted=5",), "would fall from 6 on 2026-11-13 to 5 on 2026-11-22", 1),
        (("accepted=61",), "61 accepted of 60 invites cannot be", 1),
        (("invites=70", "--date", "2026-11-23"), "lies in the future", 1),
        (("invites=1", "--date", "2026-11-01"), "before the start", 1),
        (("accepted=3", "--date", "2026-11-06"), "was read already", 1),
        (("acepted=9",), "Did you mean accepted?", 1),
        (("clicks=9",), "It counts invites, accepted, meetings.", 1),
        (("invites=-1",), "less than nothing", 2),
        (("invites=61.5",), "no count", 2),
        (("invites=9999999999",), "more than a billion", 2),
        (("invites",), "counter=number", 2),
        ((), "What do the counters stand at?", 2),
        (("invites=70", "--date", "soon"), "not a date", 2),
        (("invites=70", "--reason", "x"), "belongs to --correct", 2),
        (("-", "invites=70"), "no counts beside it", 2),
        (("invites=70", "--csv", "x.csv"), "exclude each other", 2),
        (("--csv", "nowhere.csv"), "nowhere.csv: No such file", 1),
        (("--csv", "items"), "items: Is a directory", 1),
    ],
)
def test_a_reading_that_cannot_be_is_refused_and_nothing_written(
    held: Path, words: tuple[str, ...], says: str, code: int
) -> None:
    before = files(held)
    said = log(*words)
    assert (said.code, said.out) == (code, "")
    assert says in said.err
    assert files(held) == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing to log"),
        ("when,invites\n2026-11-10,45\n", "has no column of dates"),
        ("date,invites\n2026-11-10,45\n,46\nyesterday,47\n", "yesterday"),
        ("date,invites\n2026-11-10,45\n,46\n", "line 3: there is no date"),
        ("date,invites\n2026-11,45\n", "a month is no day"),
        ("date,invites,accepted\n2026-11-10,x,1.5\n", "line 2: invites: x is no count"),
        ("date,invites\n2026-11-10,45\n2026-11-10,46\n", "2026-11-10: invites is 45 and 46"),
        (
            "date,invites\n2026-11-12,45\n2026-11-11,46\n",
            "would fall from 46 on 2026-11-11 to 45 on 2026-11-12",
        ),
        ("date,acepted\n2026-11-10,3\n", "Did you mean accepted?"),
        ('date,invites\n2026-11-10,"45\n', "never closes"),
        ("2026-11-12 invites=50\nyesterday invites=51\n", "line 2"),
    ],
)
def test_a_list_that_cannot_be_is_refused_with_the_line(held: Path, text: str, says: str) -> None:
    before = files(held)
    said = log("-", input=text)
    assert (said.code in (1, 2), said.out) == (True, "")
    assert says in said.err
    assert files(held) == before


def test_a_decided_campaign_takes_no_more_readings(held: Path) -> None:
    said = mbl("campaign", "log", "m4v7d", "invites=40")
    assert said.code == 1
    assert "was decided on 2026-10-19" in said.err


def test_a_reading_after_the_last_day_that_counts_is_kept_with_a_remark(
    held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MBL_TODAY", "2027-01-10")
    said = log("invites=70", "accepted=9")
    assert said.code == 0
    assert "2027-01-10 lies after 2026-12-21, the last day that counts" in said.err
    assert "mbl campaign decide q8n2k" in said.err


def test_a_terminal_asks_for_each_counter(held: Path) -> None:
    sitting = Sitting("campaign", "log", "q8n2k", width=70).types("70\r", "nine\r", "9\r", ENTER)
    assert sitting.leaves() == 0
    said = " ".join(sitting.text.split())
    assert "invites on 2026-11-22, counted from the start? It was 60 on 2026-11-13. (Enter: not read)" in said
    assert "nine is no count. A count is a whole number like 60." in said
    assert second(held).readings[-1] == {"date": date(2026, 11, 22), "invites": 70, "accepted": 9}


@pytest.mark.parametrize(
    "words",
    [
        ("log", "q8n2k", "invites=70"), ("edit", "q8n2k", "--title", "x"), ("decide", "q8n2k", "stop", "--reason", "x"),
        ("decide", "q8n2k", "scale", "--reason", "x", "--follow-up", "A habit"), WHOLE[1:],
    ],
)  # fmt: skip
def test_a_dry_run_tells_and_changes_nothing(held: Path, words: tuple[str, ...]) -> None:
    before = files(held)
    said = mbl("campaign", *words, "--dry-run")
    assert said.code == 0, said.err
    assert "Would" in said.out
    assert files(held) == before


# Edit


def test_before_the_first_reading_everything_is_free(held: Path) -> None:
    mbl(*WHOLE)
    new = made(held).id
    said = mbl(
        "campaign", "edit", new, "--deadline", "2027-01-15", "--criterion", "acceptance: accepted of invites >= 20%", "--title",
        "Cards", "--channel", "", "--audience", "cto", "--drop-criterion", "meetings",
    )  # fmt: skip
    assert said.code == 0, said.err
    after = made(held)
    assert (after.title, after.deadline, after.audience, after.changes) == (
        "Cards",
        date(2027, 1, 15),
        "cto",
        (),
    )
    assert [(each.id, each.at_least, each.planned) for each in after.success_criteria] == [
        ("acceptance", "20%", None)
    ]


@pytest.mark.parametrize(
    "options",
    [
        ("--deadline", "2026-12-24"), ("--start", "2026-11-03"), ("--drop-criterion", "meetings"),
        ("--criterion", "acceptance: accepted of invites >= 5% planned 120 window 7d"), ("--criterion", "calls >= 3"),
    ],
)  # fmt: skip
def test_what_the_first_reading_froze_needs_a_reason(held: Path, options: tuple[str, ...]) -> None:
    before = files(held)
    said = mbl("campaign", "edit", "q8n2k", *options)
    assert (said.code, said.out) == (1, "")
    assert "was first read on 2026-11-06" in said.err
    assert "--reason" in said.err
    assert files(held) == before
    assert mbl("campaign", "edit", "q8n2k", *options, "--reason", " ").code == 1
    said = mbl("campaign", "edit", "q8n2k", *options, "--reason", "The list was wrong")
    assert said.code == 0, said.err
    (change,) = second(held).changes
    assert str(change.date) == "2026-11-22"
    assert (change.by, (change.reason or "").endswith(": The list was wrong")) == ("ana", True)


def test_the_reason_is_kept_with_what_changed_and_the_other_criterion_keeps_its_bytes(held: Path) -> None:
    mbl(
        "campaign",
        "edit",
        "q8n2k",
        "--criterion",
        "meetings of accepted >= 4 window 10d",
        "--reason",
        "Ana is ill",
    )
    text = (held / SECOND).read_text()
    assert "at_least: 10%, planned: 120, window_days: 7}   # one in ten\n" in text
    assert second(held).changes[0].reason == "meetings ≥ 5 → ≥ 4: Ana is ill"


def test_other_words_need_no_reason_and_keep_none(held: Path) -> None:
    said = mbl("campaign", "edit", "second try", "--hypothesis", "They accept Ana", "--reason", "Because")
    assert said.code == 0
    assert "No reason is needed" in said.err
    assert second(held).changes == ()
    assert (held / SECOND).read_text() == TEXTS[SECOND].replace("They accept a person", "They accept Ana")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--title", " "), "needs a title"),
        (("--hypothesis", ""), "needs a hypothesis"),
        (("--audience", "ctoo"), "Did you mean cto?"),
        (("--drop-criterion", "meting"), "Did you mean meetings?"),
        (("--deadline", "2026-10-01", "--reason", "x"), "lies before the start"),
        (("--drop-criterion", "meetings,acceptance", "--reason", "x"), "needs a success criterion"),
    ],
)
def test_a_change_to_nonsense_is_refused(held: Path, options: tuple[str, ...], says: str) -> None:
    before = files(held)
    said = mbl("campaign", "edit", "q8n2k", *options)
    assert said.code in (1, 2)
    assert says in said.err
    assert files(held) == before


def test_an_edit_that_changes_nothing_is_no_error(held: Path) -> None:
    before = files(held)
    assert mbl("campaign", "edit", "q8n2k", "--channel", "linkedin").code == 0
    assert files(held) == before


def test_the_editor_may_change_it_and_must_say_why(held: Path, editor: Editor) -> None:
    folder = editor(LOWER, "true")
    said = mbl("campaign", "edit", "q8n2k")
    assert said.code == 1
    assert "Nothing was changed" in said.err
    assert "was first read on 2026-11-06" in (folder / "2.txt").read_text()
    assert (held / SECOND).read_text() == TEXTS[SECOND]


@pytest.mark.parametrize(
    ("script", "options", "reason"),
    [
        ("", ("--reason", "Wrong list"), "acceptance ≥ 10% → ≥ 5%: Wrong list"),
        ('; echo "changes: [{date: 2026-11-22, reason: By hand}]" >> "$1"', (), "By hand"),
    ],
)
def test_the_reason_for_an_edit_comes_from_an_option_or_stands_in_the_file(
    held: Path, editor: Editor, script: str, options: tuple[str, ...], reason: str
) -> None:
    editor(LOWER + script)
    said = mbl("campaign", "edit", "q8n2k", *options)
    assert said.code == 0, said.err
    (change,) = second(held).changes
    assert change.reason == reason
    assert "# one in ten" in (held / SECOND).read_text()


def test_the_editor_may_change_what_is_not_frozen(held: Path, editor: Editor) -> None:
    editor('sed -i "s/a person/Ana/" "$1"')
    assert mbl("campaign", "edit", "q8n2k").code == 0
    assert (held / SECOND).read_text() == TEXTS[SECOND].replace("a person", "Ana")


def test_the_editor_may_take_a_decision_out(held: Path, editor: Editor) -> None:
    editor('sed -i "/^decision/d" "$1"')
    assert mbl("campaign", "edit", "m4v7d").code == 0
    assert mbl("campaign", "log", "m4v7d", "invites=40", "accepted=1").code == 0


def test_a_terminal_asks_for_the_reason(held: Path) -> None:
    sitting = Sitting("campaign", "edit", "q8n2k", "--deadline", "2026-12-24").types("Ana was ill\r")
    assert sitting.leaves() == 0
    assert "There are readings already" in sitting.text
    assert second(held).changes[0].reason == "deadline 2026-12-11 → 2026-12-24: Ana was ill"


def test_what_is_frozen_are_fields_of_a_campaign() -> None:
    assert set(FROZEN) <= set(Campaign.__slots__)  # type: ignore[attr-defined]


# Decide


def test_a_decision_is_one_key_and_no_other_byte_changes(held: Path) -> None:
    said = decide("stop", "--reason", "Nobody has time", "--learned", "Ask for a date at once", "--by", "cmo")
    assert said.code == 0, said.err
    assert said.out == "Decided “LinkedIn, second try” (q8n2k): stop\n"
    line = "decision: {date: 2026-11-22, verdict: stop, by: cmo, reason: Nobody has time, learned: Ask for a date at once}\n"
    text = (held / SECOND).read_text()
    assert text.replace(line, "") == TEXTS[SECOND]
    assert line in text


def test_deciding_before_it_is_over_is_allowed_with_a_remark(held: Path) -> None:
    said = decide("stop", "--reason", "Nobody has time", "--learned", "x")
    assert "Mind: it was decided before it was over (" in said.err
    assert "of 60 accepted" in said.err


def test_who_writes_down_no_learning_is_reminded_and_may_add_it(held: Path) -> None:
    said = decide("stop", "--reason", "Nobody has time", "--date", "2026-11-20")
    assert 'mbl campaign decide q8n2k stop --again --learned "…"' in said.err
    said = decide("stop", "--again", "--learned", "Ask for a date at once")
    assert said.code == 0, said.err
    decision = second(held).decision
    assert decision is not None
    assert (str(decision.date), decision.reason, decision.learned) == (
        "2026-11-20", "Nobody has time", "Ask for a date at once",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "says", "code"),
    [
        ((), "Say scale, repeat or stop", 2),
        (("stopp", "--reason", "x"), "Did you mean stop?", 2),
        (("stop",), "needs a reason", 2),
        (("stop", "--reason", " "), "needs a reason", 2),
        (("stop", "--reason", "x", "--date", "2026-11-23"), "lies in the future", 1),
        (("stop", "--reason", "x", "--follow-up", "Third try"), "--as campaign or --as item", 2),
        (("repeat", "--reason", "x", "--follow-up", "q8n2k"), "cannot follow itself", 2),
        (("repeat", "--reason", "x", "--follow-up", "zzzzz"), "no campaign or item zzzzz", 1),
        (("repeat", "--reason", "x", "--follow-up", "kdw"), "kdw22, kdw33", 1),
        (("repeat", "--reason", "x", "--follow-up", "m4v7d", "--as", "item"), "is there already", 2),
        (("repeat", "--reason", "x", "--follow-up", "New one", "--as", "blog"), "--as does not know", 2),
        (("repeat", "--reason", "x", "--as", "item"), "--as belongs to --follow-up", 2),
    ],
)
def test_a_decision_that_cannot_be_is_refused(
    held: Path, words: tuple[str, ...], says: str, code: int
) -> None:
    before = files(held)
    said = decide(*words)
    assert (said.code, said.out) == (code, "")
    assert says in said.err
    assert files(held) == before


def test_a_second_decision_must_be_meant(held: Path) -> None:
    decide("stop", "--reason", "x", "--learned", "No link")
    before = files(held)
    assert decide("stop", "--reason", "x").code == 0
    said = decide("scale", "--reason", "y")
    assert said.code == 1
    assert "was decided on 2026-11-22: stop" in said.err
    assert "--again" in said.err
    assert files(held) == before
    assert decide("scale", "--reason", "y", "--again").code == 0
    decision = second(held).decision
    assert decision is not None
    assert (decision.verdict, decision.learned) == ("scale", "No link"), "what was learned stays learned"


@pytest.mark.parametrize(
    ("ref", "id_"), [("m4v7d", "m4v7d"), ("m4v", "m4v7d"), ("kdw22", "kdw22"), ("fgh", "fgh44")]
)
def test_what_follows_may_be_there_already(held: Path, ref: str, id_: str) -> None:
    before = files(held)
    assert decide("repeat", "--reason", "x", "--follow-up", ref).code == 0
    assert second(held).decision.follow_up == id_  # type: ignore[union-attr]
    assert changed(before, files(held)) == {SECOND}


def test_repeat_makes_the_next_campaign_of_the_same_length(held: Path) -> None:
    said = decide("repeat", "--reason", "Close", "--learned", "No link", "--follow-up", "Third  try")
    assert said.code == 0, said.err
    next_, old = made(held), second(held)
    assert (
        f"Added the campaign “Third try” ({next_.id}), from 2026-11-23 to 2027-01-01: campaigns/" in said.out
    )
    assert old.decision is not None
    assert old.decision.follow_up == next_.id
    assert (next_.title, next_.start) == ("Third try", date(2026, 11, 23))
    assert next_.deadline - next_.start == old.deadline - old.start
    for name in ("success_criteria", "audience", "channel", "outcome", "hypothesis"):
        assert getattr(next_, name) == getattr(old, name)
    assert (next_.readings, next_.decision) == ((), None)
    assert objections() == []


@pytest.mark.parametrize("words", [("scale",), ("stop", "--as", "item")])
def test_scale_makes_a_request_at_the_bottom_of_the_list(held: Path, words: tuple[str, ...]) -> None:
    said = decide(
        *words,
        "--reason",
        "Close",
        "--learned",
        "No link",
        "--follow-up",
        "Outreach as a habit",
        "--by",
        "cmo",
    )
    assert said.code == 0, said.err
    (row,) = (
        each for each in mbl("list", "-f", "json").json["items"] if each["title"] == "Outreach as a habit"
    )
    item = mbl("show", row["id"], "-f", "json").json["item"]
    assert row["position"] == 6
    assert {key: item[key] for key in ("status", "outcomes", "audience", "channel", "how", "requester")} == {
        "status": "request", "outcomes": ["pipeline"], "audience": "cto", "channel": "linkedin", "how": "No link",
        "requester": "cmo",
    }  # fmt: skip
    assert second(held).decision.follow_up == row["id"]  # type: ignore[union-attr]
    assert "(q8n2k)" in (held / row["path"]).read_text()


def test_decision_and_follow_up_are_one_commit(
    here: Path, held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin(monkeypatch)
    repository(held)
    git(held, "add", "--all")
    git(held, "commit", "--quiet", "-m", "All")
    said = decide("repeat", "--reason", "Close", "--follow-up", "Third try", "--commit")
    assert said.code == 0, said.err
    assert len(git(held, "show", "--name-only", "--format=").split()) == 2
    assert git(held, "status", "--porcelain") == ""


def test_the_answer_for_programs_is_a_change(held: Path) -> None:
    said = decide("scale", "--reason", "Close", "--follow-up", "A habit", "-f", "json")
    assert said.json["kind"] == "change"
    assert len(said.json["paths"]) == 2
    error = json.loads(mbl("campaign", "decide", "zzz", "stop", "-f", "json").err)
    assert error["kind"] == "error"


def test_a_terminal_asks_for_the_decision_its_reason_and_what_follows(held: Path) -> None:
    sitting = Sitting("campaign", "decide", "q8n2k", width=70).types(
        "go\r",
        "Scale\r",
        "\r",
        "They talk to people\r",
        "No link in the first word\r",
        "Outreach as a habit\r",
    )
    assert sitting.leaves() == 0
    said = " ".join(sitting.text.split())
    for part in (
        "of 60 accepted",
        "scale, repeat or stop?",
        "does not know 'go'",
        "whoever reads it in a year",
        "a new item",
    ):
        assert part in said, part
    decision = second(held).decision
    assert decision is not None
    assert (decision.verdict, decision.reason, decision.learned) == (
        "scale", "They talk to people", "No link in the first word",
    )  # fmt: skip
    assert decision.follow_up is not None


def test_a_terminal_takes_enter_for_nothing(held: Path) -> None:
    sitting = Sitting("campaign", "decide", "q8n2k", "repeat").types("Close\r", ENTER, ENTER)
    assert sitting.leaves() == 0
    decision = second(held).decision
    assert decision is not None
    assert (decision.learned, decision.follow_up) == (None, None)


def test_scripts_and_pipes_are_never_asked(held: Path) -> None:
    for words in (("new", "X"), ("log", "q8n2k"), ("decide", "q8n2k"), ("decide", "q8n2k", "stop")):
        said = process("campaign", *words)
        assert said.code == 2, words
        assert said.out == ""


# Learned


def test_what_was_learned_is_found_by_words_the_latest_first(held: Path) -> None:
    decide("repeat", "--reason", "Close", "--learned", "Ask for a date")
    found = mbl("campaign", "learned", "-f", "json").json
    assert (found["kind"], [each["id"] for each in found["learned"]]) == ("learned", ["q8n2k", "m4v7d"])
    assert {"title", "date", "verdict", "by", "reason", "learned", "follow_up", "audience", "channel"} <= set(
        found["learned"][0]
    )

    def ids(*words: str) -> list[str]:
        return [each["id"] for each in mbl("campaign", "learned", *words, "-f", "json").json["learned"]]

    assert ids("LINK", "word") == ["m4v7d"]
    assert ids("first word") == ["m4v7d"]
    assert ids("close") == ["q8n2k"]
    assert ids("cto") == ids("linkedin") == ["q8n2k", "m4v7d"]
    assert ids("zebra") == []


@pytest.mark.parametrize("form", ["table", "csv", "md"])
def test_every_format_has_what_was_learned(held: Path, form: str) -> None:
    said = mbl("campaign", "learned", "-f", form)
    assert said.code == 0
    assert "No link in the first word" in said.out
    assert "Nobody accepted" in said.out


def test_nothing_learned_is_said_with_the_next_step(small: Path) -> None:
    assert "mbl campaign decide" in mbl("campaign", "learned").out
    assert mbl("campaign", "learned", "-f", "json").json["learned"] == []


def test_no_decided_campaign_with_these_words_is_said(held: Path) -> None:
    assert (
        "No decided campaign mentions zebra crossing." in mbl("campaign", "learned", "zebra", "crossing").out
    )


@pytest.mark.parametrize("width", [60, 80])
def test_no_screen_of_it_wraps(held: Path, width: int) -> None:
    for words in (("learned",), ("decide", "q8n2k", "stop", "--reason", "x", "--learned", "", "--dry-run")):
        screen = terminal("campaign", *words, width=width, height=60)
        assert screen.code == 0
        assert len(screen.lines) == len(screen.raw.rstrip().split("\n"))


# Completion


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("mbl campaign log q8", "q8n2k"),
        ("mbl campaign log q8n2k inv", "invites="),
        ("mbl campaign decide q8n2k sc", "scale"),
        ("mbl campaign new X --channel li", "linkedin"),
        ("mbl campaign new X --audience de", "dealers"),
        ("mbl campaign edit q8", "q8n2k"),
    ],
)
def test_a_shell_offers_what_fits(held: Path, typed: str, offered: str) -> None:
    words = typed.split()
    said = process(
        env={"_MBL_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1)}
    )
    assert offered in said.out.split()


def test_a_completion_that_cannot_help_is_silent(held: Path) -> None:
    said = process(
        env={"_MBL_COMPLETE": "complete_bash", "COMP_WORDS": "mbl campaign log zzz i", "COMP_CWORD": "4"}
    )
    assert (said.out.strip(), said.err) == ("", "")
