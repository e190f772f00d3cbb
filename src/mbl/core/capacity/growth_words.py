"""What becomes of the backlog at the present arrival rate, in one sentence. Refuses nothing."""

from math import isfinite, isinf

from mbl.core.capacity.figures import Figures
from mbl.core.capacity.forecast import present_rate
from mbl.core.capacity.growth import Growth
from mbl.core.capacity.lanes import LEAST_WEEKS
from mbl.core.capacity.words import month_count, number, percent, rate


def at_present_rate(of: Figures) -> str:
    """`At the present arrival rate: never; …`. Of the whole list alone: what comes in is not known by bucket."""
    if not of.committed or not of.is_whole:
        return ""
    if of.growth is None:
        return (
            f"At the present arrival rate: nobody can say before {LEAST_WEEKS} complete weeks of promises are recorded "
            f"(so far {len(of.weeks_of_promises)})."
        )
    return f"At the present arrival rate: {_VERDICTS[of.growth.verdict](of, of.growth)}."


def _growing(of: Figures, growth: Growth) -> str:
    return f"never; {_traffic(of)}, so the list grows by {_interval(growth.p5, growth.p95)}"


def _shrinking(of: Figures, growth: Growth) -> str:
    fast, middle, slow = present_rate(of, growth)
    shrinks = f"so the list shrinks by {_interval(-growth.p95, -growth.p5)}"
    likely = f"likely {number(fast)} to {number(slow)}"
    return f"empty in about {month_count(middle)} ({likely}); {_traffic(of)}, {shrinks}"


def _cannot_tell(of: Figures, growth: Growth) -> str:
    if growth.p5 == growth.p95:
        return _unmoved(of)
    fast, _, slow = present_rate(of, growth)
    last = "never" if isinf(slow) else month_count(slow)
    ends = f"from {month_count(fast)} to {last}" if isfinite(fast) else "never, perhaps"
    odds = f"it does in {percent(growth.probability)} of the futures"
    return f"{ends}; {_traffic(of)}, and whether the list grows, nobody can tell yet ({odds})"


def _unmoved(of: Figures) -> str:
    """No week was unlike another, and none changed anything."""
    if any(week.arrived for week in of.weeks_of_promises):
        return f"never; {_traffic(of)}, so the list stays as long as it is"
    return f"nobody can say; in {len(of.weeks_of_promises)} complete weeks nothing came in, and nothing was finished"


_VERDICTS = {"growing": _growing, "shrinking": _shrinking, "cannot-tell": _cannot_tell}


def _interval(low: float, high: float) -> str:
    return f"{low:.1f} to {high:.1f} (90 % range)"


def _traffic(of: Figures) -> str:
    weeks = of.weeks_of_promises
    came, done, gone = (
        sum(getattr(week, what) for week in weeks) / len(weeks) for what in ("arrived", "finished", "dropped")
    )
    came_in = f"{rate(came)} a week came in" if came else "nothing came in"
    finished = f"{done:.1f} a week were finished" if done and not came else f"{done:.1f} were finished"
    left = finished if done else "none were finished"
    return f"{came_in}, {left}{f' and {gone:.1f} dropped' if gone else ''}"
