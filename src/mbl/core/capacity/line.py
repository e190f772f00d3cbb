"""The cut line of the work that `mbl capacity` counts."""

from mbl.core.capacity.cut_line import CutLine, cut_line
from mbl.core.capacity.figures import Figures
from mbl.core.ranking import ranked


def quarter_line(of: Figures) -> CutLine | None:
    """What fits into this quarter; None where the days of each team are only supposed (`--capacity`)."""
    if of.stretch != 1:
        return None
    counted = frozenset(item.id for item, _ in of.committed)
    rows = [row for row in ranked(of.backlog) if row.item.id in counted]
    return cut_line(of.backlog, of.today, rows=rows)
