from datetime import date

import pytest
from test_figures import FLAT, five_years, known_and_guessed

from build import backlog, committed, item, team_of_three
from mbl.core.capacity.report import capacity
from mbl.core.capacity.scenario import Step
from mbl.core.report import Bars, Facts, Words
from mbl.model.settings import Settings
from mbl.model.team import Team

OCTOBER = date(2026, 10, 1)
SURE = "none of the effort is guessed; this assumes nothing new is accepted."


def _texts(report):
    return [block.text for block in report.blocks if isinstance(block, Words)]


def _facts(report):
    return [fact for block in report.blocks if isinstance(block, Facts) for fact in block.facts]


def _charts(report):
    return {block.title: block.bars for block in report.blocks if isinstance(block, Bars)}


@pytest.mark.parametrize(
    ("items", "settings", "sentence"),
    [
        (five_years(), FLAT, f"About 60 months of committed work; {SURE}"),
        ([committed(estimate="31.467d")], FLAT, f"About 1 month of committed work; {SURE}"),
        ([committed(estimate="151d")], FLAT, f"About 4.8 months of committed work; {SURE}"),
        (
            [committed(estimate="100d-200d"), committed(estimate="50d")],
            Settings(capacity=10),
            f"About 20 months of committed work (likely 16 to 24; safe: 24); {SURE}",
        ),
        (
            known_and_guessed(),
            FLAT,
            (
                "4.2 to 5.5 months of committed work (safe: 5.5); 50 % of the effort is guessed; "
                "this assumes nothing new is accepted."
            ),
        ),
        (
            [committed(estimate="31.467d"), committed(), committed()],
            FLAT,
            f"At least 1 month of committed work; 2 items of unknown effort not counted; {SURE}",
        ),
        (
            [committed(), committed()],
            FLAT,
            "2 items of committed work without any estimate: how many months that is, nobody knows.",
        ),
        (
            [committed(estimate="1000d"), committed(estimate="1w")],
            Settings(),
            "2 items of committed work, 1,005 days: how many months that is depends on your capacity.",
        ),
        (
            [committed(estimate="1d")],
            Settings(capacity=0),
            "1 day of committed work, and no capacity left to do it: it is never done.",
        ),
        ([item(estimate="1d")], FLAT, "No committed work: nothing is promised."),
        (
            [],
            FLAT,
            'The backlog is empty: nothing is promised, nothing asked for. Begin with: mbl add "Webinar for CTOs"',
        ),
    ],
)
def test_the_first_sentence_is_honest(items, settings, sentence):
    report = capacity(backlog(*items, settings=settings), OCTOBER)
    assert _texts(report)[0] == sentence
    assert report.answer


@pytest.mark.parametrize(
    ("items", "line"),
    [
        ([item(estimate="20d") for _ in range(3)], "3 items, about 6 months more"),
        ([item(estimate="10d")], "1 item, about 1 month more"),
        ([item(estimate="10d"), item()], "2 items, at least 1 month more"),
        ([item(estimate="4h")], "1 item, about 0.5 days"),
        ([item()], "1 item, effort unknown"),
    ],
)
def test_what_was_only_asked_for_stands_apart(items, line):
    some = backlog(committed(estimate="20d"), *items, settings=Settings(capacity=10))
    assert ("Only asked for", line) in _facts(capacity(some, OCTOBER))


@pytest.mark.parametrize(
    ("some", "hint"),
    [
        (
            backlog(committed(estimate="5d")),
            "Set capacity in mbl.yaml (person-days a month for planned work), or describe a team in teams/<name>.yaml.",
        ),
        (
            backlog(committed(estimate="5d"), teams={"teams/growth.yaml": Team()}),
            "Team growth has no people: name them in its team file, like ana: 0.8.",
        ),
        (
            backlog(committed(estimate="5d"), settings=Settings(capacity=0)),
            "capacity in mbl.yaml is 0: set the person-days a month for planned work.",
        ),
        (
            backlog(committed(), settings=FLAT),
            (
                "Estimate at least 5 of them, for example: mbl edit 1 --estimate 3d. "
                "The others are then guessed from these."
            ),
        ),
        (
            team_of_three(
                committed(estimate="5d", team="web"),
                teams={"teams/web.yaml": Team(people={"ana": 1.0}, unplanned="100%")},
            ),
            "Team web has no days left for planned work: look at people, unplanned and recurring in its team file.",
        ),
        (
            backlog(
                committed(estimate="5d"),
                teams={
                    "teams/growth.yaml": Team(people={"ana": 0.8}),
                    "teams/content.yaml": Team(people={"ana": 0.5}),
                },
            ),
            (
                "ana is booked for 130 % of their time (growth 80 %, content 50 %): "
                "the real months are more. Lower a share in the team files."
            ),
        ),
    ],
)
def test_what_to_do_is_said_where_something_is_missing(some, hint):
    words = [block for block in capacity(some, OCTOBER).blocks if isinstance(block, Words)]
    assert (words[-1].text, words[-1].tone) == (hint, "hint")


def test_the_longest_team_is_named_beside_the_pool():
    teams = {"teams/growth.yaml": Team(people={"ana": 1.0}), "teams/content.yaml": Team(people={"ben": 0.5})}
    items = [committed(estimate="44d", team="growth"), committed(estimate="110d", team="content")]
    line = ("Longest", "team content; if everybody could do everything, 4.8 months")
    assert line in _facts(capacity(backlog(*items, teams=teams), OCTOBER))


def test_leaving_items_out_says_before_and_after():
    items = five_years()
    some = backlog(*items, settings=FLAT)
    gone = Step("Without two", frozenset(item.id for item in items[:2]))
    report = capacity(some, OCTOBER, steps=[gone])
    assert _texts(report)[0] == (
        "Without 2 items (1,038 days): 60 months → 27 months of committed work; "
        "safe to say: done by 31 December 2028 instead of 1 October 2031."
    )
    payload = report.payload()
    assert (payload["months"], payload["before"]["months"]) == (27.0, 60.0)
    assert some.items == backlog(*items).items


def test_leaving_out_above_the_guess_limit_compares_ranges():
    items = known_and_guessed()
    gone = Step("Without one", frozenset([items[10].id]))
    report = capacity(backlog(*items, settings=FLAT), OCTOBER, steps=[gone])
    said = "Without 1 item (6 days): 4.2 to 5.5 months → 4 to 5.3 months of committed work; "
    assert _texts(report)[0].startswith(said)


def test_leaving_out_a_request_changes_nothing():
    request = item(estimate="5d")
    some = backlog(committed(estimate="5d"), request, settings=FLAT)
    report = capacity(some, OCTOBER, steps=[Step("Without one", frozenset([request.id]))])
    assert _texts(report)[0] == "Nothing of this is committed work: the months stay as they are."


def test_charts_with_one_row_are_left_out_unless_asked_for():
    some = backlog(*(committed(estimate="5d", moscow=m) for m in ("must", "should", None)), settings=FLAT)
    assert list(_charts(capacity(some, OCTOBER))) == ["By bucket"]
    assert list(_charts(capacity(some, OCTOBER, by="team"))) == ["By team"]
    assert [bar.label for bar in _charts(capacity(some, OCTOBER))["By bucket"]] == [
        "Must",
        "Should",
        "no bucket yet",
    ]


def test_a_long_chart_ends_with_the_others_and_a_single_breakdown_is_whole():
    some = backlog(
        *(committed(estimate=f"{20 - n}d", requester=f"person {n}") for n in range(12)),
        committed(estimate="50d"),
        settings=Settings(capacity=10),
    )
    bars = _charts(capacity(some, OCTOBER))["By requester"]
    assert [bar.label for bar in bars] == [*(f"person {n}" for n in range(7)), "5 others", "nobody named"]
    assert sum(bar.value for bar in bars) == sum(range(9, 21)) + 50
    assert bars[7].text == "25 %, 55 days, 5.5 months"
    assert len(_charts(capacity(some, OCTOBER, by="requester"))["By requester"]) == 13


def test_guesses_are_shown_by_type():
    report = capacity(backlog(*known_and_guessed(), settings=FLAT), OCTOBER)
    assert report.blocks[-1] == Facts(
        title="Where the guesses are",
        facts=(
            ("video", "4 of 10 without an estimate, taken as 10 days each"),
            ("email", "12 of 17 without an estimate, taken as 3 days each"),
        ),
    )


def test_above_the_guess_limit_no_single_number_is_shown_anywhere():
    some = backlog(*known_and_guessed(), committed(estimate="1d", moscow="must"), settings=FLAT)
    report = capacity(some, OCTOBER)
    payload = report.payload()
    assert (payload["months"], payload["pooled_months"]) == (None, None)
    assert all(row["months"] is None for by in ("team", "moscow", "outcome") for row in payload[f"by_{by}"])
    assert not any("month" in bar.text for bars in _charts(report).values() for bar in bars)
    assert (
        payload["range"]["p15"] < payload["range"]["p50"] < payload["range"]["p85"] < payload["range"]["p95"]
    )


def test_the_payload_has_the_promised_fields():
    report = capacity(team_of_three(committed(estimate="94.4d", team="growth"), item(estimate="5d")), OCTOBER)
    row = {"items": 1, "days": 94.4, "months": 3.0, "share": 1.0}
    rest = {"key": None, **row, "net_days_per_month": None}
    assert report.payload() == {
        "items": 1,
        "committed_days": 94.4,
        "requested_days": 5.0,
        "guess_share": 0.0,
        "months": 3.0,
        "range": {"p15": 3.0, "p50": 3.0, "p85": 3.0, "p95": 3.0},
        "method": "effort",
        "at_least": False,
        "net_days_per_month": 31.47,
        "pooled_months": 3.0,
        "by_team": [{"key": "growth", **row, "net_days_per_month": 31.47, "method": "effort"}],
        "by_person": [{**rest, "net_days_per_month": 31.47}],
        "by_moscow": [rest],
        "by_outcome": [rest],
        "by_requester": [rest],
        "finish": {"p50": "2026-12-31", "p85": "2026-12-31", "p95": "2026-12-31"},
        "growth": None,
        "cut_line": report.payload()["cut_line"],
        "cross_check": None,
        "history": {
            "weeks": 0, "from": None, "finished": 0, "finished_last_13_weeks": 0, "next_13_weeks": None
        },
        "before": None,
        "what_if": [],
    }  # fmt: skip


@pytest.mark.parametrize("settings", [Settings(), Settings(capacity=0)])
def test_what_is_unknown_or_never_is_null(settings):
    payload = capacity(backlog(committed(estimate="5d"), settings=settings), OCTOBER).payload()
    assert (payload["months"], payload["pooled_months"], payload["by_team"][0]["months"]) == (
        None,
        None,
        None,
    )
    assert payload["range"] == {"p15": None, "p50": None, "p85": None, "p95": None}
    assert payload["finish"] == {"p50": None, "p85": None, "p95": None}


def test_the_same_backlog_gives_the_same_report():
    some = backlog(*known_and_guessed(), settings=FLAT)
    assert capacity(some, OCTOBER).payload() == capacity(some, OCTOBER).payload()
