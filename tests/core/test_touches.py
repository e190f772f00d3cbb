"""An audience meets too much of us where any days that follow each other hold more touches than it should bear."""

from datetime import date, timedelta
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st

from build import committed
from mbl.core.audiences import tree
from mbl.core.conflicts.runs import activities, stretches, times_in
from mbl.core.conflicts.touches import Collision, Load, Span, collisions, load
from mbl.model.item import Item, Run
from mbl.model.settings import Audience, Settings, Touches

OCTOBER = Span(date(2026, 10, 1), date(2026, 12, 30))
TREE = (
    Audience(id="all"),
    Audience(id="retail", parent="all"),
    Audience(id="retail-ch", parent="retail"),
    Audience(id="online", parent="all"),
)


def on(*days: int, month: int = 10) -> tuple[date, ...]:
    return tuple(date(2026, month, day) for day in days)


def loaded(
    *items: Item, span: Span = OCTOBER, audiences: tuple[Audience, ...] = TREE, **given: Touches
) -> Load:
    known = Settings(audiences=audiences, **given)
    return load(known, tree(audiences), activities(items, until=span.last), span=span)


def found(*items: Item, **given: object) -> tuple[Collision, ...]:
    return collisions(loaded(*items, **given))  # type: ignore[arg-type]


def highest(items: tuple[Item, ...], audience: str) -> int:
    return max(loaded(*items).windows(audience)[1])


MESSAGES = (
    committed(team="brand", audience="retail", runs=on(5, 7)),
    committed(team="growth", audience="all", runs=on(8)),
    committed(team="content", audience="retail-ch", runs=on(9, 12)),
    committed(team="web", audience="online", runs=on(8)),
)


def test_a_message_to_a_wider_audience_reaches_the_narrower_ones() -> None:
    (one,) = found(*MESSAGES)
    assert (one.audience, one.first, one.last, one.times, one.most) == (
        "retail-ch", date(2026, 10, 5), date(2026, 10, 11), 4, 3,
    )  # fmt: skip
    assert one.teams == ("brand", "growth", "content")
    assert one.is_across
    assert [highest(MESSAGES, name) for name in ("all", "retail", "retail-ch", "online")] == [1, 3, 4, 2]


def test_the_week_slides_over_the_weeks_of_the_calendar() -> None:
    (one,) = found(committed(team="brand", audience="online", runs=on(9, 10, 11, 12, 13)))
    assert (one.first, one.last, one.times) == (date(2026, 10, 9), date(2026, 10, 15), 5)
    assert not one.is_across


def test_one_message_with_several_contents_is_one_touch_a_day() -> None:
    assert highest((committed(audience="all", runs=on(8, 8, 8)),), "all") == 1


def test_a_pace_is_spread_evenly_and_rounded_up() -> None:
    weekly = Run(from_=date(2026, 10, 1), to=date(2026, 10, 31), touches_per_week=2.5)
    assert highest((committed(audience="all", runs=weekly),), "all") == 3
    assert [times_in(2.5, days) for days in range(8)] == [0, 1, 1, 2, 2, 2, 3, 3]
    assert times_in(0.1, 7) == 1
    assert times_in(3, 7) == 3


def test_a_run_without_an_end_goes_on_to_the_horizon() -> None:
    endless = committed(audience="all", runs=Run(from_=date(2026, 10, 8)))
    (activity,) = activities([endless], until=OCTOBER.last)
    assert activity.endless
    assert activity.stretches[0].last == OCTOBER.last.toordinal()


def test_what_runs_backwards_never_or_for_nobody_is_not_counted() -> None:
    backwards = Run(from_=date(2026, 10, 8), to=date(2026, 10, 7))
    never = Run(from_=date(2026, 10, 8), to=date(2026, 10, 9), touches_per_week=0)
    assert (
        stretches(backwards, OCTOBER.last)
        == stretches(never, OCTOBER.last)
        == stretches((), OCTOBER.last)
        == ()
    )
    assert activities([committed(runs=on(8)), committed(audience="all")], until=OCTOBER.last) == ()


def test_the_same_collision_is_told_once_for_the_widest_audience() -> None:
    told = found(committed(audience="all", runs=on(5, 6, 7, 8)))
    assert [one.audience for one in told] == ["all"]
    more = found(committed(audience="all", runs=on(5, 6, 7, 8)), committed(audience="online", runs=on(6)))
    assert [(one.audience, one.times) for one in more] == [("online", 5), ("all", 4)]


def test_an_audience_that_excludes_another_is_not_reached_through_it() -> None:
    odd = (Audience(id="all"), Audience(id="press", parent="all", excludes=("all",)))
    assert [one.audience for one in found(committed(audience="all", runs=on(5, 6, 7, 8)), audiences=odd)] == [
        "all"
    ]
    assert max(loaded(committed(audience="all", runs=on(5)), audiences=odd).windows("press")[1]) == 0


def test_an_audience_may_have_a_limit_of_its_own() -> None:
    press = Audience(id="press", touches=Touches(max=1, days=30))
    known = (Audience(id="all"), press)
    items = [committed(audience=name, runs=on(1, 29)) for name in ("press", "all")]
    (one,) = found(*items, audiences=known)
    assert (one.audience, one.times, one.most, one.last) == ("press", 2, 1, date(2026, 10, 30))


def test_limits_that_make_no_sense_do_no_harm() -> None:
    assert [
        one.times for one in found(committed(audience="all", runs=on(5, 6)), touches=Touches(max=-1, days=0))
    ] == [1, 1]
    assert loaded(touches=Touches(max=3, days=10**9)).limit("all").days == 366


def test_what_is_over_is_not_told_unless_something_can_still_be_moved() -> None:
    item = committed(audience="all", runs=on(5, 6, 7, 8))
    assert len(found(item, span=Span(date(2026, 10, 8), date(2026, 10, 20)))) == 1
    assert found(item, span=Span(date(2026, 10, 9), date(2026, 10, 20))) == ()
    assert found(item, span=Span(date(2026, 9, 1), date(2026, 10, 4))) == ()


def test_an_audience_that_nobody_described_stands_alone() -> None:
    assert [one.audience for one in found(committed(audience="students", runs=on(5, 6, 7, 8)))] == [
        "students"
    ]


DAYS = st.integers(0, 30).map(lambda days: date(2026, 10, 1) + timedelta(days))
PACES = st.builds(
    lambda first, length, pace: Run(from_=first, to=first + timedelta(length), touches_per_week=pace),
    DAYS, st.integers(0, 20), st.sampled_from([0.5, 1.0, 2.0, 2.5, 7.0]),
)  # fmt: skip
RUNS = st.lists(DAYS, min_size=1, max_size=5).map(tuple) | PACES
ITEMS = st.lists(
    st.builds(
        lambda runs, name: committed(runs=runs, audience=name),
        RUNS,
        st.sampled_from(["all", "retail", "retail-ch"]),
    ),
    max_size=6,
)


def counted(items: list[Item], audience: str, first: date, days: int) -> int:
    """By counting each day of the window."""
    names = {audience, *tree(TREE).ancestors(audience)}
    window = [first + timedelta(at) for at in range(days)]
    total = 0
    for item in items:
        if item.audience not in names:
            continue
        if isinstance(item.runs, Run):
            inside = sum(item.runs.from_ <= day <= (item.runs.to or day) for day in window)
            total += ceil(item.runs.touches_per_week * inside / 7 - 1e-9)
        else:
            total += len(set(item.runs or ()) & set(window))
    return total


@settings(max_examples=60, deadline=None)
@given(ITEMS, st.sampled_from([1, 3, 7, 10]))
def test_every_window_counts_what_counting_each_day_gives(items: list[Item], days: int) -> None:
    on_them = loaded(*items, touches=Touches(days=days), span=Span(date(2026, 10, 5), date(2026, 10, 25)))
    for audience in ("all", "retail-ch"):
        start, counts = on_them.windows(audience)
        assert counts == [
            counted(items, audience, date.fromordinal(start + at), days) for at in range(len(counts))
        ]


@settings(max_examples=60, deadline=None)
@given(ITEMS)
def test_a_collision_is_told_wherever_a_window_is_over_and_only_there(items: list[Item]) -> None:
    everywhere = Span(date(2026, 9, 1), date(2026, 12, 30))
    on_them = loaded(*items, span=everywhere)
    told = collisions(on_them)
    for one in told:
        assert one.times == counted(items, one.audience, one.first, 7) > one.most
    for audience in ("all", "retail", "retail-ch"):
        start, counts = on_them.windows(audience)
        family = {audience, *tree(TREE).ancestors(audience)}
        for at, count in enumerate(counts):
            days = (date.fromordinal(start + at), date.fromordinal(start + at + 6))
            near = [
                one for one in told if one.audience in family and one.first <= days[1] and days[0] <= one.last
            ]
            assert count <= 3 or near
