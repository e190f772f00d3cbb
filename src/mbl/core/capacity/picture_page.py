"""The pictures of `mbl capacity --pictures`: when it is done, what comes and goes, how the backlog grew."""

from mbl.core.capacity.figures import Figures
from mbl.core.capacity.forecast import finish
from mbl.core.capacity.lanes import WEEKS_PER_MONTH
from mbl.core.capacity.pictures import arrivals, backlog_over_time, finish_histogram
from mbl.core.capacity.supply import DAYS_PER_MONTH
from mbl.core.report import Bars, Block


def drawn(of: Figures) -> tuple[Block, ...]:
    """Those that show something."""
    found: tuple[Block | None, ...] = (_histogram(of), arrivals(of.history), backlog_over_time(of))
    return tuple(block for block in found if block is not None)


def _histogram(of: Figures) -> Bars | None:
    """Nothing where all futures are one."""
    days = finish(of)
    if of.futures is None or days is None or of.futures.months[0] == of.futures.months[-1]:
        return None
    per_month = WEEKS_PER_MONTH if of.method == "throughput" else DAYS_PER_MONTH / 7
    marks = {name.upper(): day for name, day in days._asdict().items()}
    return finish_histogram([months * per_month for months in of.futures.months], of.today, marks=marks)
