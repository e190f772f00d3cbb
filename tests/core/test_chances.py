"""The formulas against the method's figures, SciPy, brute force, and themselves."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from mbl.core import probability
from mbl.core.campaigns import chances
from mbl.core.campaigns.chances import (
    chain_chance,
    chain_chances,
    count_chance,
    guard_chance,
    guard_count_chance,
    rate_chance,
    true_rate,
)
from mbl.core.probability import beta_above, beta_binomial_tail, binomial_tail, poisson_tail

some = settings(max_examples=150, deadline=None)


@pytest.mark.parametrize(
    ("n", "k", "chance", "at_least_ten_percent"),
    [
        (10, 0, 0.3005, 0.314),
        (30, 0, 0.0234, 0.038),
        (40, 1, 0.0419, 0.074),
        (40, 2, 0.1572, 0.209),
        (60, 5, 0.3696, 0.421),
        (60, 8, 0.9334, 0.848),
        (90, 12, 1, 0.880),
        (110, 0, 0, None),
    ],
)
def test_the_chance_of_12_of_120(n, k, chance, at_least_ten_percent):
    assert rate_chance(k, n, planned=120, need=12) == pytest.approx(chance, abs=5e-5)
    if at_least_ten_percent:
        assert true_rate(k, n - k, share=0.1) == pytest.approx(at_least_ten_percent, abs=5e-4)


def test_the_target_just_met_may_be_luck():
    assert rate_chance(10, 100, planned=100, need=10) == 1
    assert true_rate(10, 90, share=0.1) == pytest.approx(0.570, abs=5e-4)


def test_the_chance_of_staying_within_a_limit():
    assert guard_chance(2, 400, planned=1000, limit=5) == pytest.approx(0.457, abs=5e-4)
    assert guard_chance(6, 400, planned=1000, limit=5) == 0


@pytest.mark.parametrize(
    ("x", "day", "chance"), [(2, 14, 0.5), (3, 14, 0.8125), (1, 10, 0.4148), (0, 17, 0.0094), (1, 20, 0.0257)]
)
def test_the_chance_of_five_in_28_days(x, day, chance):
    assert count_chance(x, elapsed=day, left=28 - day, need=5) == pytest.approx(chance, abs=5e-5)
    assert guard_count_chance(x, elapsed=day, left=28 - day, limit=4) == pytest.approx(1 - chance, abs=5e-5)


def test_the_chance_of_a_chain():
    found = chain_chances(8, 60, planned=120, need=12, failures=None, met=2, pending=3, lost=3, goal=5)
    assert found == pytest.approx((0.7740, 0.7452), abs=5e-5)
    assert chain_chance(8, 60, planned=120, need=12, met=2, lost=3, goal=5) == found.both
    late = chain_chance(8, 60, planned=120, need=12, met=0, lost=6, goal=5)
    assert late == pytest.approx(0.0571, abs=5e-5)


counts = st.integers(0, 300)


@some
@given(k=counts, failures=counts, open_=counts, need=st.integers(0, 700))
def test_scipy_agrees_on_a_rate_with_open_tries(k, failures, open_, need):
    expected = stats.betabinom.sf(need - k - 1, open_, 1 + k, 1 + failures)
    planned = k + failures + open_
    found = rate_chance(k, planned, planned=planned, need=need, failures=failures)
    assert found == pytest.approx(expected, abs=1e-8)
    if k < need:
        within = guard_chance(k, planned, planned=planned, limit=need - 1, failures=failures)
        assert within == pytest.approx(1 - found, abs=1e-8)


@some
@given(x=counts, elapsed=st.integers(1, 400), left=st.integers(1, 400), more=st.integers(1, 500))
def test_scipy_agrees_on_a_count(x, elapsed, left, more):
    expected = stats.nbinom.sf(more - 1, 1 + x, elapsed / (elapsed + left))
    assert count_chance(x, elapsed=elapsed, left=left, need=x + more) == pytest.approx(expected, abs=1e-8)


@some
@given(a=st.integers(1, 5000), b=st.integers(1, 5000), share=st.floats(0, 1), least=st.integers(0, 5000))
def test_scipy_agrees_on_beta_and_binomial_tails(a, b, share, least):
    assert beta_above(share, a, b) == pytest.approx(stats.beta.sf(share, a, b), abs=1e-8)
    assert binomial_tail(b, share, least=least) == pytest.approx(
        stats.binom.sf(least - 1, b, share), abs=1e-8
    )


@some
@given(mean=st.floats(0, 300), least=st.integers(0, 400))
def test_scipy_agrees_on_poisson_tails(mean, least):
    assert poisson_tail(mean, least=least) == pytest.approx(stats.poisson.sf(least - 1, mean), abs=1e-9)


small = st.integers(0, 25)


@some
@given(
    accepted=small, failures=small, open_=st.integers(0, 60), need=st.integers(0, 40),
    met=small, lost=small, goal=st.integers(1, 40),
)  # fmt: skip
def test_a_chain_is_the_double_sum(*, accepted, failures, open_, need, met, lost, goal):
    assume(met + lost <= accepted)
    n = accepted + failures + open_
    found = chain_chance(accepted, n, planned=n, need=need, failures=failures, met=met, lost=lost, goal=goal)
    assert found == pytest.approx(
        double_sum(accepted, failures, open_, need=need, met=met, lost=lost, goal=goal), abs=1e-9
    )


def double_sum(accepted, failures, open_, *, need, met, lost, goal):
    pending, total = accepted - met - lost, 0.0
    for x in range(open_ + 1):
        if accepted + x >= need:
            ways = np.arange(max(0, goal - met), pending + x + 1)
            meets = stats.betabinom.pmf(ways, pending + x, 1 + met, 1 + lost).sum()
            total += stats.betabinom.pmf(x, open_, 1 + accepted, 1 + failures) * meets
    return total


@some
@given(k=st.integers(0, 40), f=st.integers(0, 200), open_=st.integers(1, 200), need=st.integers(1, 60))
def test_one_more_try_moves_the_chance_by_nothing_on_average(k, f, open_, need):
    n = k + f
    success = (1 + k) / (2 + n)
    up = rate_chance(k + 1, n + 1, planned=n + open_, need=need)
    down = rate_chance(k, n + 1, planned=n + open_, need=need)
    assert rate_chance(k, n, planned=n + open_, need=need) == pytest.approx(
        success * up + (1 - success) * down, abs=1e-9
    )


def test_a_chain_of_2000_is_the_double_sum():
    case = {"need": 180, "met": 20, "lost": 15, "goal": 110}
    found = chain_chance(90, 1000, planned=2000, **case)
    assert found == pytest.approx(double_sum(90, 910, 1000, **case), abs=1e-8)
    assert 0.01 < found < 0.99


@pytest.mark.parametrize(
    ("k", "failures", "open_", "least"), [(0, 0, 30_000, 25_000), (3, 60, 400_000, 15_000), (4000, 36_000, 60_000, 6100)]
)  # fmt: skip
def test_blocks_agree_with_the_exact_sum(monkeypatch, k, failures, open_, least):
    rough = beta_binomial_tail(open_, 1 + k, 1 + failures, least=least)
    monkeypatch.setattr(probability, "EXACT", open_ + 1)
    exact = beta_binomial_tail(open_, 1 + k, 1 + failures, least=least)
    assert 0.01 < exact < 0.99
    assert rough == pytest.approx(exact, abs=1e-4)


@pytest.mark.parametrize(
    "case",
    [
        {"accepted": 3000, "n": 30_000, "need": 6000, "met": 900, "lost": 2000, "goal": 1870},
        {"accepted": 0, "n": 0, "need": 6000, "met": 0, "lost": 0, "goal": 3000},
        {"accepted": 1, "n": 3, "need": 20_000, "met": 1, "lost": 0, "goal": 9_000},
    ],
)
def test_a_chain_in_blocks_agrees_with_the_exact_one(monkeypatch, case):
    rough = chain_chance(planned=60_000, **case)
    monkeypatch.setattr(chances, "EXACT", 60_001)
    exact = chain_chance(planned=60_000, **case)
    assert 0.01 < exact < 0.99
    assert rough == pytest.approx(exact, abs=2e-3)


BILLION = 10**9


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (lambda: rate_chance(0, 0, planned=BILLION, need=BILLION // 10), 0.9),
        (lambda: rate_chance(BILLION // 20, BILLION // 2, planned=BILLION, need=BILLION // 10), 0.5),
        (lambda: rate_chance(3, BILLION // 2, planned=BILLION, need=5), 0.8125),
        (lambda: guard_chance(3, BILLION // 2, planned=BILLION, limit=4), 0.1875),
        (lambda: count_chance(BILLION // 2, elapsed=14, left=14, need=BILLION), 0.5),
        (lambda: poisson_tail(BILLION, least=BILLION), 0.5),
        (lambda: binomial_tail(BILLION, 0.1, least=BILLION // 10), 0.5),
        (lambda: true_rate(BILLION // 10, BILLION * 9 // 10, share=0.1), 0.5),
        (
            lambda: chain_chance(
                BILLION // 20, BILLION // 2, planned=BILLION, need=BILLION // 10,
                met=BILLION // 50, lost=BILLION // 100, goal=BILLION // 30,
            ),
            0.5,
        ),
    ],
)  # fmt: skip
def test_a_billion_is_answered_to_a_thousandth(found, expected):
    assert found() == pytest.approx(expected, abs=1e-3)


@some
@given(
    k=st.integers(0, BILLION), failures=st.integers(0, BILLION), open_=st.integers(0, BILLION),
    need=st.integers(-10, 2 * BILLION), elapsed=st.integers(0, 40_000), left=st.integers(-5, 40_000),
)  # fmt: skip
def test_a_chance_is_a_probability_whatever_the_counts(*, k, failures, open_, need, elapsed, left):
    n = k + failures
    for chance in (
        rate_chance(k, n, planned=n + open_, need=need),
        guard_chance(k, n, planned=n + open_, limit=need),
        count_chance(k, elapsed=elapsed, left=left, need=need),
        guard_count_chance(k, elapsed=elapsed, left=left, limit=need),
    ):
        assert -1e-9 <= chance <= 1 + 1e-9


def test_a_chain_of_ten_thousand_sums_one_tail_only(monkeypatch):
    tails = []
    whole = chances.beta_binomial_tail
    monkeypatch.setattr(
        chances, "beta_binomial_tail", lambda *of, **more: tails.append(of) or whole(*of, **more)
    )
    found = chain_chance(50, 500, planned=10_000, need=1000, met=20, lost=10, goal=500)
    assert found == pytest.approx(0.5255, abs=1e-4)
    assert len(tails) == 1
