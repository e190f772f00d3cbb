"""`mbl capacity`: how many months of work are promised already, in one honest sentence, then where they come from.

A single number is given only while at most 30 % of the effort is guessed. What cannot be said (no capacity
stated, no estimates) is null, and said to be unknown with what to do about it.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from mbl.core.capacity.breakdown import By
from mbl.core.capacity.charts import overview, rows_table, whole_chart
from mbl.core.capacity.explain import explain_record, explained
from mbl.core.capacity.figures import Figures, figures, range_of
from mbl.core.capacity.hints import hints
from mbl.core.capacity.payload import payload
from mbl.core.capacity.picture_page import drawn
from mbl.core.capacity.remarks import beside, remarks
from mbl.core.capacity.scenario import Step, Supposed, supposed
from mbl.core.capacity.scenario_words import caveats, filters_said, step_facts, turned
from mbl.core.capacity.words import headline
from mbl.core.ranking import with_ended
from mbl.core.report import Block, Report, Words
from mbl.core.select import Query, matching
from mbl.model.backlog import Backlog


def capacity(
    backlog: Backlog,
    today: date,
    *,
    by: By | None = None,
    steps: Sequence[Step] = (),
    query: Query | None = None,
    explain: bool = False,
    pictures: bool = False,
) -> Report:
    """The months of committed work. `query` counts only what fits it; `steps` say what if, before → after.

    `explain` shows what the answer is made of, `pictures` draw it, instead of where the work is.

    Raises MblError where a supposition has nothing to be compared with.
    """
    only = None if query in (None, Query()) else _fitting(backlog, query or Query())
    now = figures(backlog, today, only=only)
    alone = tuple(Supposed(step, supposed(now, [step], only=only)) for step in steps)
    of = now if not steps else alone[0].after if len(steps) == 1 else supposed(now, steps, only=only)
    before = now if steps else None
    below = whole_chart(of, by) if by else () if explain or pictures else overview(of)
    return Report(
        kind="capacity",
        payload=lambda: {
            **payload(of, before=before, steps=alone),
            **({"explain": explain_record(of)} if explain else {}),
        },
        blocks=(
            *_words(of, before, alone, query),
            *below,
            *(drawn(of) if pictures else ()),
            *(explained(of) if explain else ()),
        ),
        table=rows_table(of, by),
    )


def _fitting(backlog: Backlog, query: Query) -> frozenset[str]:
    return frozenset(row.item.id for row in matching(with_ended(backlog), query))


def _words(
    of: Figures, before: Figures | None, steps: Sequence[Supposed], query: Query | None
) -> Iterator[Block]:
    """The answer, then what it rests on; a what-if begins with what changes."""
    sentence = headline(of, range_of(of))
    if before is None:
        yield Words(text=sentence, tone="headline")
    else:
        yield Words(text=turned(before, of, steps), tone="headline")
        yield from step_facts(before, steps)
        yield Words(text=sentence)
        yield from (Words(text=text) for text in caveats(before, of, steps))
    if query is not None and of.part:
        yield Words(text=filters_said(of, query))
    yield from (Words(text=text) for text in remarks(of))
    yield from beside(of)
    yield from (Words(text=text, tone="hint") for text in hints(before or of))
