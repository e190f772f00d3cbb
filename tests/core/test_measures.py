from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import betabinom, binomtest

from build import backlog
from mbl.core.measures.edits import amount, created, logged, reading
from mbl.core.measures.report import measures_report
from mbl.core.measures.series import sparkline, trend, value_words, verdict
from mbl.core.probability import above, beta_binomial, quantile, wilson
from mbl.core.report import Table, Words
from mbl.errors import MblError
from mbl.model.measure import Measure, Reading

TODAY = date(2026, 11, 22)
PIPELINE = Measure(id="pipeline", unit="kEUR")
TRUST = Measure(id="trust", scope="customer", name="Dealers who would sell again")


def on(day, value=None, k=None, n=None):
    return Reading(date=date.fromisoformat(f"2026-{day}"), value=value, k=k, n=n)


def measured(*measures: Measure):
    return backlog(measures={f"measures/{measure.id}.yaml": measure for measure in measures})


def with_readings(measure, *readings: Reading):
    return replace(measure, readings=readings)


def words(report):
    return [block.text for block in report.blocks if isinstance(block, Words)]


# Probability


@pytest.mark.parametrize(
    ("k", "n", "shown"),
    [
        (0, 10, "0.0-21.3"),
        (0, 30, "0.0-8.3"),
        (1, 40, "0.6-10.5"),
        (2, 40, "1.7-14.0"),
        (5, 60, "4.1-16.1"),
        (8, 60, "7.7-22.2"),
        (12, 90, "8.5-20.3"),
        (10, 100, "6.1-16.0"),
    ],
)
def test_the_wilson_interval_at_90_percent(k, n, shown):
    low, high = wilson(k, n)
    assert f"{low:.1%}-{high:.1%}".replace("%", "") == shown


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5000), st.data(), st.sampled_from([0.5, 0.9, 0.99]))
def test_the_wilson_interval_is_the_one_of_scipy(n, data, confidence):
    k = data.draw(st.integers(0, n))
    expected = binomtest(k, n).proportion_ci(confidence, method="wilson")
    assert wilson(k, n, confidence) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize(("k", "n"), [(0, 0), (5, 4), (-1, 4)])
def test_what_is_no_share_has_no_interval(k, n):
    with pytest.raises(ValueError, match="is no share"):
        wilson(k, n)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 400), st.integers(1, 60), st.integers(1, 60), st.floats(0.01, 0.99))
def test_the_beta_binomial_is_the_one_of_scipy(n, a, b, p):
    mine, theirs = beta_binomial(n, a, b), betabinom(n, a, b)
    assert mine == pytest.approx([theirs.pmf(x) for x in range(n + 1)], abs=1e-9)
    assert above(mine, n // 2) == pytest.approx(theirs.sf(n // 2), abs=1e-9)
    at = quantile(mine, p)
    assert theirs.cdf(at) >= p - 1e-8
    assert at == 0 or theirs.cdf(at - 1) < p + 1e-8


# Words


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ((), ""),
        ((3.0,), "▃"),
        ((2.0, 2.0, 2.0), "▃▃▃"),
        ((0.0, 1.0, 2.0, 3.0, 4.0), "▁▂▃▅▇"),
        ((4.0, 0.0), "▇▁"),
        ((-1.0, float("nan"), 1.0), "▁▇"),
        (tuple(map(float, range(100))), sparkline(tuple(map(float, range(76, 100))))),
    ],
)
def test_a_sparkline_rises_from_the_lowest_to_the_highest_value(values, drawn):
    assert sparkline(values) == drawn
    assert len(drawn) <= 24


@pytest.mark.parametrize(
    ("value", "measure", "said"),
    [
        (2415.0, PIPELINE, "2,415 kEUR"),
        (43.5, Measure(id="a", unit="%"), "43.5 %"),
        (0.6725, with_readings(TRUST, on("10-01", k=1, n=2)), "67.2 %"),
        (10.0, None, "10"),
        (0.0, None, "0"),
        (None, PIPELINE, ""),
    ],
)
def test_a_value_is_written_with_its_unit(value, measure, said):
    assert value_words(value, measure) == said


@pytest.mark.parametrize(
    ("first", "last", "better", "expected"),
    [
        (on("09-01", 10), on("10-01", 12), "up", "better"),
        (on("09-01", 10), on("10-01", 12), "down", "worse"),
        (on("09-01", 10), on("10-01", 10), "up", "same"),
        (on("09-01", k=171, n=214), on("10-01", k=137, n=206), "up", "worse"),
        (on("09-01", k=5, n=9), on("10-01", k=7, n=8), "up", "cannot tell"),
        (on("09-01", k=7, n=8), on("10-01", k=5, n=9), "up", "cannot tell"),
    ],
)
def test_two_shares_differ_only_if_their_intervals_do_not_overlap(first, last, better, expected):
    assert verdict(first, last, replace(PIPELINE, better=better)) == expected


def test_one_reading_is_no_change():
    only = on("09-01", 10)
    assert verdict(only, only, PIPELINE) is None


# New, log


def test_a_new_measure_has_a_file_of_its_own():
    after = created(measured(TRUST), PIPELINE)
    assert after.measures == {"measures/trust.yaml": TRUST, "measures/pipeline.yaml": PIPELINE}


@pytest.mark.parametrize(
    ("measure", "says"),
    [
        (replace(TRUST, unit="%"), "There is a measure trust already"),
        (Measure(id="../x"), "cannot be the name of a file"),
        (Measure(id=".x"), "cannot be the name of a file"),
        (with_readings(PIPELINE, on("10-01", k=5, n=4)), "5 of 4 cannot be"),
    ],
)
def test_a_new_measure_is_refused(measure, says):
    with pytest.raises(MblError, match=says):
        created(measured(TRUST), measure)


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("41", None, on("11-22", 41.0)),
        (" 2.5 ", None, on("11-22", 2.5)),
        ("-3", None, on("11-22", -3.0)),
        ("41%", "%", on("11-22", 41.0)),
        ("41 %", "%", on("11-22", 41.0)),
        ("120 kEUR", "kEUR", on("11-22", 120.0)),
        ("17/214", None, on("11-22", k=17, n=214)),
        ("0 / 5", None, on("11-22", k=0, n=5)),
    ],
)
def test_a_reading_is_typed_as_a_value_or_as_k_of_n(text, unit, expected):
    assert reading(text, Measure(id="a", unit=unit), on=TODAY) == expected


@pytest.mark.parametrize("text", ["", "many", "41%", "1,5", "1/2/3", "17/", "1e9", "nan", "∞", "٣"])
def test_what_is_no_reading_is_refused(text):
    with pytest.raises(MblError, match="is no reading") as caught:
        reading(text, PIPELINE, on=TODAY)
    assert "17/214" in caught.value.hint


def test_readings_stand_in_the_order_of_their_days():
    before = measured(with_readings(PIPELINE, on("09-30", 1.0), on("11-01", 3.0)))
    after = logged(before, "pipeline", on("10-15", 2.0), today=TODAY)
    assert [each.value for each in after.measures["measures/pipeline.yaml"].readings] == [1.0, 2.0, 3.0]


@pytest.mark.parametrize(
    ("id_", "new", "says"),
    [
        ("pipeline", on("11-23", 1.0), "lies in the future"),
        ("pipeline", on("11-01"), "either a value or k of n"),
        ("pipeline", on("11-01", 1.0, 1, 2), "either a value or k of n"),
        ("pipeline", on("11-01", k=1), "either a value or k of n"),
        ("pipeline", on("11-01", 1.0, n=2), "either a value or k of n"),
        ("pipeline", on("11-01", float("inf")), "must be a number"),
        ("pipeline", on("11-01", k=1, n=2), "read as a value"),
        ("pipeline", on("10-01", 9.0), "has a reading of 2026-10-01 already: 5"),
        ("trust", on("11-01", k=3, n=2), "3 of 2 cannot be"),
        ("trust", on("11-01", k=-1, n=2), "-1 of 2 cannot be"),
        ("trust", on("11-01", k=0, n=0), "at least one try"),
        ("trust", on("11-01", 67.0), "read as k of n"),
        ("trust", on("10-01", k=2, n=2), "has a reading of 2026-10-01 already: 1 of 2"),
        ("pipelin", on("11-01", 1.0), "There is no measure pipelin"),
    ],
)
def test_a_reading_that_makes_no_sense_is_refused(id_, new, says):
    before = measured(with_readings(PIPELINE, on("10-01", 5.0)), with_readings(TRUST, on("10-01", k=1, n=2)))
    with pytest.raises(MblError, match=says) as caught:
        logged(before, id_, new, today=TODAY)
    assert caught.value.hint


def test_a_second_reading_of_a_day_replaces_the_first_when_asked():
    before = measured(with_readings(PIPELINE, on("10-01", 5.0), on("11-01", 6.0)))
    after = logged(before, "pipeline", on("10-01", 9.0), today=TODAY, replaces=True)
    assert after.measures["measures/pipeline.yaml"].readings == (on("10-01", 9.0), on("11-01", 6.0))


def test_the_same_reading_again_changes_nothing():
    before = measured(with_readings(PIPELINE, on("10-01", 5.0)))
    assert logged(before, "pipeline", on("10-01", 5.0), today=TODAY) is before


# Show


def test_a_series_says_first_last_change_and_where_it_went():
    series = with_readings(
        PIPELINE, on("10-31", 2340.0), on("09-30", 2100.0), on("11-15", 2415.0), on("12-01", 9.0)
    )
    record = measures_report(measured(series), TODAY, ["pipeline"]).payload()["series"][0]
    assert (record["first"], record["last"], record["change"]) == (2100.0, 2415.0, 315.0)
    assert (record["trend"], record["verdict"]) == ("▁▅▇", "better")
    assert [each["value"] for each in record["readings"]] == [2100.0, 2340.0, 2415.0]
    text = words(measures_report(measured(series), TODAY, ["pipeline"]))
    assert text == ["pipeline", "▁▅▇  2,100 kEUR → 2,415 kEUR since 2026-09-30: better"]


def test_a_share_shows_its_interval():
    series = with_readings(TRUST, on("09-30", k=8, n=60))
    report = measures_report(measured(series), TODAY, ["trust"])
    assert report.payload()["series"][0]["readings"][0]["interval"] == pytest.approx(
        (0.0768, 0.2215), abs=5e-5
    )
    table = next(block for block in report.blocks if isinstance(block, Table))
    row = table.records()[0]
    assert (row["value"], row["of"], row["interval"]) == (8 / 60, "8 of 60", "8 % to 22 %")


def test_what_fewer_than_five_people_of_a_team_said_is_not_shown():
    morale = Measure(id="morale", scope="team", readings=(on("09-01", k=4, n=4), on("10-01", k=3, n=5)))
    report = measures_report(measured(morale), TODAY, ["morale"])
    record = report.payload()["series"][0]
    assert (len(record["readings"]), record["hidden"], record["first"]) == (1, 1, 0.6)
    assert "1 reading is not shown: fewer than 5 people answered." in words(report)
    assert trend(replace(morale, scope="customer"), TODAY) == "▇▁"


def test_all_measures_stand_in_one_table():
    report = measures_report(measured(TRUST, with_readings(PIPELINE, on("10-01", 5.0))), TODAY)
    table = next(block for block in report.blocks if isinstance(block, Table))
    assert [(row["id"], row["last"], row["verdict"]) for row in table.records()] == [
        ("pipeline", "5 kEUR", None),
        ("trust", None, None),
    ]


@pytest.mark.parametrize(
    ("some", "ids", "text"),
    [
        (measured(), (), "No measure yet."),
        (measured(PIPELINE), ("pipeline",), "No reading yet."),
    ],
)
def test_nothing_to_show_says_what_to_do(some, ids, text):
    said = words(measures_report(some, TODAY, ids))
    assert text in said
    assert said[-1].startswith("Next: mbl measures")


def test_an_unknown_measure_names_the_nearest():
    with pytest.raises(MblError, match="no measure trusts") as caught:
        measures_report(measured(TRUST), TODAY, ["trusts"])
    assert caught.value.hint == "Did you mean trust?"


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("3000", None, 3000), (" -2.5 ", None, -2.5), ("3000 kEUR", "kEUR", 3000), ("50%", "%", 50), ("50", "%", 50),
        ("80%", None, 0.8), ("0.8", None, 0.8),
    ],
)  # fmt: skip
def test_a_target_is_typed_as_a_number_or_a_share(text, unit, expected):
    assert amount(text, Measure(id="x", unit=unit)) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["", "many", "3,000", "1e5", "nan", "%", "17/214"])
def test_what_is_no_number_is_refused(text):
    for measure in (None, Measure(id="x", unit="EUR")):
        with pytest.raises(MblError, match="is no number"):
            amount(text, measure)
