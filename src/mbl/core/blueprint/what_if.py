"""`mbl blueprint --with`: what three months become with something put in, and what falls out for it.

Refuses what is done already. Nothing is changed: the answer is a second plan beside the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal, NamedTuple, get_args

from mbl.core.blueprint.blocks import calendar, days, mind, misfits
from mbl.core.blueprint.payload import payload
from mbl.core.blueprint.plan import Plan, planned
from mbl.core.blueprint.words import headline, hints, month_name, short, title
from mbl.core.ranking import Ranked, moved, ranked
from mbl.core.report import Facts, Report, Words
from mbl.errors import MblError
from mbl.model.backlog import Backlog

Verdict = Literal["comes-in", "falls-out", "slips", "moves-up", "no-room"]


class Shift(NamedTuple):
    """One deliverable: the months in which it is finished without and with what was put in (None: in none).

    no-room: what was put in does not fit; `why` says what is short.
    """

    id: str
    title: str
    before: str | None
    after: str | None
    verdict: Verdict
    why: str = ""


def what_if(
    backlog: Backlog, today: date, *, ids: Sequence[str], on_top: bool = False, first: str | None = None
) -> Report:
    """The months as if these items were promised, at their rank or on top of the list; the rest as `blueprint`.

    Raises MblError as `blueprint` does, and for an item that is done.
    """
    tried = put_in(backlog, ids, on_top=on_top)
    before = planned(backlog, today, first=first)
    after = _numbered(planned(tried, today, first=first), backlog)
    shifts = tuple(_shifts(before, after, tried, ids))
    return Report(
        kind="blueprint",
        payload=lambda: {
            **payload(after, tried),
            "before": {"status": before.status},
            "with": list(ids),
            "changes": [each._asdict() for each in shifts],
        },
        blocks=(
            Words(text=_headline(tried, ids, shifts), tone="headline"),
            Words(text=f"Before: {headline(before)}"),
            Words(text=f"After: {headline(after)}"),
            *_changes(shifts),
            *misfits(after, tried),
            calendar(after),
            *mind(after),
            *(Words(text=text, tone="hint") for text in hints(after)),
            *(Words(text=text, tone="hint") for text in _next(backlog, ids, shifts, on_top=on_top)),
        ),
        answer=after.status == "fits",
        table=days(after),
    )


def put_in(backlog: Backlog, ids: Sequence[str], *, on_top: bool) -> Backlog:
    """The backlog in which these items are promised. Raises MblError for one that is done."""
    files = {}
    for id_ in ids:
        item = backlog.item(id_)
        if item.status == "done":
            raise MblError(f"{title(item)} is done already.", hint="Put in what is open, or was declined.")
        if not item.is_committed:
            moscow = None if item.moscow == "wont" else item.moscow
            files[backlog.path_of[id_]] = replace(item, status="committed", ended=None, moscow=moscow)
    promised = backlog.with_items(files) if files else backlog
    return moved(promised, ids, to=1) if on_top else promised


def _numbered(plan: Plan, backlog: Backlog) -> Plan:
    """The plan with the places of the list as it is: what the user types next is meant for that one."""
    places = {row.item.id: row.position for row in ranked(backlog)}

    def placed(row: Ranked) -> Ranked:
        return row._replace(position=places.get(row.item.id))

    return replace(
        plan,
        planned=tuple(replace(each, row=placed(each.row)) for each in plan.planned),
        rejected=tuple(replace(each, row=placed(each.row)) for each in plan.rejected),
        later=tuple(map(placed, plan.later)),
        unknown=tuple(map(placed, plan.unknown)),
    )


def _shifts(before: Plan, after: Plan, backlog: Backlog, ids: Sequence[str]) -> Iterator[Shift]:
    """What was put in, then what is planned otherwise because of it."""
    was, now = before.ready, after.ready
    for id_ in dict.fromkeys((*ids, *was, *now)):
        old, new = was.get(id_), now.get(id_)
        if verdict := _verdict(old, new):
            yield Shift(id_, title(backlog.item(id_)), old, new, verdict, "" if new else _why(id_, after))


def _verdict(before: str | None, after: str | None) -> Verdict | None:
    if after is None:
        return "no-room" if before is None else "falls-out"
    if before is None:
        return "comes-in"
    return None if before == after else "slips" if before < after else "moves-up"


def _why(id_: str, plan: Plan) -> str:
    if any(row.item.id == id_ for row in plan.unknown):
        return "nobody knows its effort"
    return next((short(each, plan) for each in plan.misfits.get(id_, ())), "")


def _headline(backlog: Backlog, ids: Sequence[str], shifts: Sequence[Shift]) -> str:
    names = " and ".join(f'"{title(backlog.item(id_))}"' for id_ in ids)
    if homeless := [each for each in shifts if each.verdict == "no-room"]:
        return f"No room for {' and '.join(_quoted(each) for each in homeless)}."
    if not shifts:
        return f"Nothing changes with {names}."
    out = [each for each in shifts if each.verdict == "falls-out"]
    if len(out) == 1:
        return f"With {names}, {_quoted(out[0])} falls out."
    return f"With {names}, {f'{len(out)} deliverables fall' if out else 'nothing falls'} out."


def _changes(shifts: Sequence[Shift]) -> tuple[Facts, ...]:
    found = ((verdict, [each for each in shifts if each.verdict == verdict]) for verdict in get_args(Verdict))
    facts = tuple((verdict.replace("-", " "), "\n".join(map(_told, each))) for verdict, each in found if each)
    return (Facts(title="What changes", facts=facts),) if facts else ()


def _quoted(each: Shift) -> str:
    return f'"{each.title}"'


def _told(each: Shift) -> str:
    was, now = (month_name(month).partition(" ")[0] if month else "" for month in (each.before, each.after))
    if each.before and each.after:
        return f"{each.title} ({was} → {now})"
    said = "; ".join(filter(None, (f"was {was}" if was else now, each.why)))
    return f"{each.title} ({said})" if said else each.title


def _next(backlog: Backlog, ids: Sequence[str], shifts: Sequence[Shift], *, on_top: bool) -> Iterator[str]:
    """What to type now."""
    asked = [id_ for id_ in ids if not backlog.item(id_).is_committed]
    top = f", then mbl rank {' '.join(ids)} --top" if on_top else ""
    if any(each.verdict == "no-room" for each in shifts):
        if not on_top:
            yield f"To see it on top of the list: mbl blueprint --with {' --with '.join(ids)} --first"
    elif asked and all(backlog.item(id_).is_open for id_ in asked):
        yield f"Nothing was changed. To promise it: mbl accept {' '.join(asked)}{top}"
    elif top and shifts:
        yield f"Nothing was changed. To do so: {top.removeprefix(', then ')}"
