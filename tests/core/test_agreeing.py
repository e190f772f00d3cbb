from dataclasses import replace
from datetime import date

import pytest
from test_blueprint import GUIDED
from test_plan import OCTOBER, TEN, promised

from build import backlog
from mbl.core.blueprint.agreed import agreed_for
from mbl.core.blueprint.agreeing import name_of, with_agreed
from mbl.core.blueprint.plan import planned
from mbl.errors import MblError, Problem
from mbl.model.blueprint import Blueprint, BlueprintAgreement, Deliverable
from mbl.model.item import Ended, Item

LATER = date(2026, 11, 2)


def held(*items: Item):
    return backlog(*(items or (promised("b", 4), promised("c", 12))), settings=TEN, guidepoints=GUIDED)


def saved(before, *, today=OCTOBER, by="cmo", first="2026-10", **options: bool | str):
    return with_agreed(before, planned(before, today, first=first), today=today, by=by, **options)


def test_the_plan_is_saved_under_the_name_of_its_quarter_with_its_guidepoint():
    assert saved(held()).blueprints == {
        "blueprints/2026-q4.yaml": Blueprint(
            guidepoint="2026-q4",
            months=("2026-10", "2026-11", "2026-12"),
            agreed=BlueprintAgreement(date=OCTOBER, by="cmo"),
            deliverables=(
                Deliverable(item="bbbbb", month="2026-10"),
                Deliverable(item="ccccc", month="2026-11"),
            ),
        )
    }


def test_what_was_done_in_these_months_is_part_of_it():
    done = promised("b", 4, status="done", ended=Ended(date=date(2026, 10, 20)))
    (made,) = saved(held(done, promised("c", 3)), today=LATER).blueprints.values()
    assert [(each.item, each.month) for each in made.deliverables] == [
        ("bbbbb", "2026-10"),
        ("ccccc", "2026-11"),
    ]


@pytest.mark.parametrize(
    ("months", "name"),
    [
        (("2026-10", "2026-11", "2026-12"), "2026-q4"),
        (("2027-01", "2027-02", "2027-03"), "2027-q1"),
        (("2026-11", "2026-12", "2027-01"), "2026-11"),
        (("2026-12", "2027-01", "2027-02"), "2026-12"),
    ],
)
def test_the_name_is_that_of_the_quarter_if_it_is_one(months, name):
    assert name_of(months) == name


def test_the_same_agreement_again_changes_nothing():
    once = saved(held())
    assert saved(once) is once
    assert saved(once, today=date(2026, 10, 2)) is once


def test_another_plan_takes_its_place_only_if_told_so():
    once = saved(held())
    other = replace(held(promised("b", 29)), blueprints=once.blueprints)
    with pytest.raises(MblError) as caught:
        saved(other, by="cfo")
    assert caught.value.message == "blueprints/2026-q4.yaml was agreed on 2026-10-01 by cmo."
    assert "--replace" in caught.value.hint
    assert "--name 2026-q4-2" in caught.value.hint
    replaced = saved(other, by="cfo", instead=True)
    assert replaced.blueprints["blueprints/2026-q4.yaml"].agreed == BlueprintAgreement(date=OCTOBER, by="cfo")
    both = saved(other, today=date(2026, 10, 3), by="cfo", name="2026-q4-2")
    assert list(both.blueprints) == ["blueprints/2026-q4.yaml", "blueprints/2026-q4-2.yaml"]
    latest = agreed_for(both, planned(both, OCTOBER))
    assert latest is both.blueprints["blueprints/2026-q4-2.yaml"]


def test_a_file_that_ends_in_yml_is_the_same_blueprint():
    once = saved(held())
    (made,) = once.blueprints.values()
    other = replace(once, blueprints={"blueprints/2026-q4.yml": made})
    assert list(saved(other, by="cfo", instead=True).blueprints) == ["blueprints/2026-q4.yml"]


def test_an_over_committed_plan_is_refused_and_anyway_leaves_out_what_does_not_fit():
    before = held(promised("b", 28), promised("c", 9, moscow="must"))
    with pytest.raises(MblError, match="C is 7 days short") as caught:
        saved(before)
    assert "--anyway" in caught.value.hint
    (made,) = saved(before, anyway=True).blueprints.values()
    assert [each.item for each in made.deliverables] == ["bbbbb"]


@pytest.mark.parametrize(
    ("before", "options", "message"),
    [
        (held(promised("b", 4, status="request")), {}, "nothing to agree to"),
        (held(), {"today": date(2027, 2, 1)}, "these months are over"),
        (held(), {"name": "a/b"}, "cannot be the name"),
        (held(), {"name": ".hidden"}, "cannot be the name"),
        (held(), {"name": " "}, "cannot be the name"),
        (held(), {"name": "x" * 81}, "cannot be the name"),
        (
            replace(held(), broken=(Problem(path="blueprints/2026-q4.yaml", code="yaml", message="no YAML"),)),
            {}, "blueprints/2026-q4.yaml.*no YAML",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_agreed_is_refused(before, options, message):
    with pytest.raises(MblError, match=message):
        saved(before, **options)
