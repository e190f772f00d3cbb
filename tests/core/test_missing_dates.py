from datetime import date

import pytest

from build import backlog, item
from mbl.core.rules.missing_dates import dated, missing_date
from mbl.model.item import Ended, Source

DAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"status": "request"}, None),
        ({"status": "committed"}, "accepted"),
        ({"status": "committed", "source": Source(system="list", key="7")}, None),
        ({"status": "committed", "accepted": DAY}, None),
        ({"status": "doing"}, "started"),
        ({"status": "doing", "started": DAY}, None),
        ({"status": "done"}, "ended"),
        ({"status": "declined"}, "ended"),
        ({"status": "dropped", "ended": Ended(date=DAY)}, None),
    ],
)
def test_each_status_needs_its_date(fields, missing):
    assert missing_date(item(**fields)) == missing


@pytest.mark.parametrize(
    ("fields", "key", "value"),
    [
        ({"status": "committed"}, "accepted", DAY),
        ({"status": "doing"}, "started", DAY),
        ({"status": "done"}, "ended", Ended(date=DAY)),
    ],
)
def test_the_missing_date_alone_is_filled_in(fields, key, value):
    before = item(**fields)
    (after,) = dated(backlog(before), {f"items/{before.id}.yaml": DAY}).items.values()
    assert getattr(after, key) == value
    assert {name for name in before.__slots__ if getattr(before, name) != getattr(after, name)} == {key}


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "doing", "started": date(2026, 11, 1)},
        {"status": "doing", "requested": date(2026, 11, 3)},
        {"status": "done", "started": date(2026, 11, 3)},
        {"status": "request"},
    ],
    ids=["has its date", "would begin before it was asked for", "would end before it began", "needs none"],
)
def test_nothing_is_filled_in_that_is_there_or_would_contradict(fields):
    before = backlog(item(**fields))
    (path,) = before.items
    assert dated(before, {path: DAY}) is before
