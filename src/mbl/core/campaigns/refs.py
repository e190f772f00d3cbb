"""Which campaign is meant: its id, the beginning of it, or words of its title.

Refuses a REF that fits none or several, with the candidates or the nearest.
"""

from collections.abc import Sequence

from mbl.core.wording import short
from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.campaign import Campaign

Found = tuple[str, Campaign]
_SHORTEST_ID = 3
_SHOWN = 8
_TITLE = 60


def campaign_path(backlog: Backlog, ref: str) -> str:
    """The file of the campaign that is meant; of several with these words the one that is not decided. Raises MblError."""
    return _one(backlog, ref)[0]


def campaign_meant(backlog: Backlog, ref: str) -> Campaign:
    """The campaign itself. Raises MblError."""
    return _one(backlog, ref)[1]


def campaign_by_id(backlog: Backlog, id_: str | None) -> Campaign | None:
    """The campaign with exactly this id; None if there is none."""
    return next((each for each in backlog.campaigns.values() if each.id == id_), None) if id_ else None


def _one(backlog: Backlog, ref: str) -> Found:
    wanted = ref.casefold().strip()
    words = wanted.split()
    rows = tuple(sorted(backlog.campaigns.items(), key=lambda row: (row[1].start, row[1].id), reverse=True))
    exact = [row for row in rows if row[1].id == wanted]
    begun = [row for row in rows if len(wanted) >= _SHORTEST_ID and row[1].id.startswith(wanted)]
    titled = [row for row in rows if words and all(word in row[1].title.casefold() for word in words)]
    undecided = [row for row in titled if row[1].decision is None]
    for candidates in (exact, begun, undecided, titled):
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            raise MblError(
                f"{ref!r} fits {len(candidates)} campaigns:\n{_listed(candidates)}",
                hint="Name it by its id, or with more words in quotes.",
            )
    raise _unknown(backlog, ref, rows)


def _listed(rows: Sequence[Found]) -> str:
    lines = [f"  {campaign.id}  {_titled(campaign)}" for _, campaign in rows[:_SHOWN]]
    return "\n".join([*lines, *([f"  … and {len(rows) - _SHOWN} more"] if len(rows) > _SHOWN else [])])


def _titled(campaign: Campaign) -> str:
    return f"{short(campaign.title, _TITLE)} ({'decided' if campaign.decision else f'from {campaign.start}'})"


def _unknown(backlog: Backlog, ref: str, rows: Sequence[Found]) -> MblError:
    broken = next(
        (
            each
            for each in backlog.broken
            if len(ref) >= _SHORTEST_ID and each.path.startswith("campaigns/") and ref in each.path
        ),
        None,
    )
    if broken:
        return MblError(
            f"{ref!r} fits no campaign. Its file is broken: {broken.where}: {broken.message}.",
            hint=broken.fix,
        )
    if not rows:
        return MblError("There is no campaign yet.", hint='To plan one: mbl campaign new "Outreach to CTOs"')
    return MblError(
        f"{ref!r} fits no campaign.{_suggestion(ref, rows)}", hint="`mbl campaign` lists them all."
    )


def _suggestion(ref: str, rows: Sequence[Found]) -> str:
    from difflib import get_close_matches

    titles = {campaign.title.casefold(): campaign for _, campaign in rows}
    near_id = get_close_matches(ref, [campaign.id for _, campaign in rows], n=1, cutoff=0.75)
    near = get_close_matches(ref.casefold(), list(titles), n=1, cutoff=0.5)
    if near_id:
        return f" Did you mean {near_id[0]}?"
    return f" Did you mean {titles[near[0]].id}, {_titled(titles[near[0]])}?" if near else ""
