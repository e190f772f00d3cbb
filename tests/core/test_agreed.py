from datetime import date

import pytest

from build import backlog, item
from mbl.core.blueprint.agreed import Compared, against, agreed_for, to_agree
from mbl.core.blueprint.plan import planned
from mbl.model.blueprint import Blueprint, BlueprintAgreement, Deliverable
from mbl.model.item import Ended, Item
from mbl.model.settings import Settings

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 2)
QUARTER = ("2026-10", "2026-11", "2026-12")
TEN = Settings(capacity=10)


def promised(name, estimate="10d", status="committed", rank=None, **fields: str):
    return item(
        id=name * 5, title=name.upper(), rank=rank or f"a{name}", status=status, estimate=estimate, **fields
    )


def agreed(on="2026-09-28", months=QUARTER, **month_of: str):
    return Blueprint(
        months=months,
        agreed=BlueprintAgreement(date=date.fromisoformat(on), by="cmo"),
        deliverables=tuple(Deliverable(item=name * 5, month=month) for name, month in month_of.items()),
    )


def compared(blueprint, *items: Item, today=OCTOBER):
    held = backlog(*items, settings=TEN)
    rows = against(blueprint, planned(held, today, first="2026-10"), held, today)
    return [(each.title, each.agreed, each.now, each.verdict, each.why) for each in rows]


def test_what_was_agreed_and_is_planned_so_stays_as_agreed():
    assert compared(agreed(b="2026-10", c="2026-11"), promised("b"), promised("c")) == [
        ("B", "2026-10", "2026-10", "as-agreed", ""),
        ("C", "2026-11", "2026-11", "as-agreed", ""),
    ]


def test_something_new_on_top_moves_the_others_and_shows_what_falls_out():
    blueprint = agreed(b="2026-10", c="2026-11", d="2026-12")
    rows = compared(blueprint, promised("z", rank="aa"), promised("b"), promised("c"), promised("d"))
    assert rows == [
        ("B", "2026-10", "2026-11", "slipped", ""),
        ("C", "2026-11", "2026-12", "slipped", ""),
        ("D", "2026-12", None, "fell-out", "does not fit any more"),
        ("Z", None, "2026-10", "new", ""),
    ]


def test_what_is_done_frees_room_for_the_next():
    done = promised("b", status="done", ended=Ended(date=date(2026, 10, 20)))
    assert compared(agreed(b="2026-11", c="2026-12"), done, promised("c")) == [
        ("B", "2026-11", "2026-10", "done", ""),
        ("C", "2026-12", "2026-10", "moved", ""),
    ]


def test_what_is_open_though_its_month_is_over_is_late():
    blueprint = agreed(b="2026-10", c="2026-11")
    rows = compared(blueprint, promised("b", "2d"), promised("c", "2d"), today=NOVEMBER)
    assert [(title, now, verdict) for title, _, now, verdict, _ in rows] == [
        ("B", "2026-11", "late"),
        ("C", "2026-11", "as-agreed"),
    ]


@pytest.mark.parametrize(
    ("items", "why"),
    [
        ((), "its file is gone"),
        ((promised("b", status="dropped", ended=Ended(date=OCTOBER, reason="No dealers left")),), "dropped: No dealers left"),
        ((promised("b", status="declined"),), "declined"),
        ((promised("b", status="request"),), "only asked for, not promised"),
        ((promised("b", estimate=None),), "nobody knows its effort"),
        ((promised("b", "31d"),), "does not fit any more"),
    ],
)  # fmt: skip
def test_what_fell_out_says_why(items, why):
    ((_, month, now, verdict, said),) = compared(agreed(b="2026-10"), *items)
    assert (month, now, verdict, said) == ("2026-10", None, "fell-out", why)


def test_the_latest_agreement_on_these_months_counts():
    early, late, other = (
        agreed("2026-09-28"),
        agreed("2026-10-20"),
        agreed("2027-01-05", ("2027-01", "2027-02", "2027-03")),
    )
    draft = Blueprint(months=QUARTER)
    held = backlog(
        settings=TEN, blueprints={str(at): each for at, each in enumerate((late, early, other, draft))}
    )
    assert agreed_for(held, planned(held, OCTOBER)) is late
    assert agreed_for(held, planned(held, date(2027, 1, 1))) is other
    assert agreed_for(held, planned(held, date(2027, 2, 1))) is None


def test_what_is_agreed_today_is_as_agreed_today():
    done = promised("b", status="done", ended=Ended(date=date(2026, 10, 20)))
    held = backlog(done, promised("c"), promised("d", "25d"), settings=TEN)
    plan = planned(held, NOVEMBER, first="2026-10")
    blueprint = to_agree(plan, guidepoint="2026-q4", on=NOVEMBER, by="cmo")
    assert blueprint.deliverables == (
        Deliverable(item="bbbbb", month="2026-10"),
        Deliverable(item="ccccc", month="2026-11"),
    )
    assert (blueprint.months, blueprint.guidepoint) == (QUARTER, "2026-q4")
    assert blueprint.agreed == BlueprintAgreement(date=NOVEMBER, by="cmo")
    assert against(blueprint, plan, held, NOVEMBER) == (
        Compared("bbbbb", "B", "2026-10", "2026-10", "done"),
        Compared("ccccc", "C", "2026-11", "2026-11", "as-agreed"),
    )
