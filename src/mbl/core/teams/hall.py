"""Hall's test: which set of skills has more work than all the people who can do any of it have days.

A skill's own load counts a person for every skill they have, and two skills that share a person both look fine.
So every set of skills is looked at: its work against the days of everybody who can do any of it (Hall 1935; for
divisible work the worst ratio of all sets is exactly the least multiple of the present days with which everything
can be done). Up to `MOST_SKILLS` skills by enumeration; above that by maximum flow, exact as well: for a ratio r the
minimum cut finds the set whose work exceeds r times its days by most, whose own ratio is the next r, until none
exceeds it (Dinkelbach 1967; a handful of rounds). Refuses nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import fsum, inf
from typing import NamedTuple

from mbl.core.teams.flow import Edges, source_side

MOST_SKILLS = 14
"""2^14 sets take some hundredths of a second; each skill more doubles that."""

People = Iterable[tuple[float, Iterable[str]]]
"""Each person's days, and the skills that they can do alone."""


class Bottleneck(NamedTuple):
    """A set of skills in the order of their names: their work and the days of who can do any of it, in person-days."""

    skills: tuple[str, ...]
    demand: float
    capacity: float

    @property
    def ratio(self) -> float:
        """Work ÷ days; infinity where nobody can do any of it."""
        return self.demand / self.capacity if self.capacity > 0 else inf

    @property
    def short(self) -> float:
        """The days that are missing."""
        return max(0.0, self.demand - self.capacity)


def bottlenecks(demand: Mapping[str, float], people: People) -> tuple[Bottleneck, ...]:
    """First the skills for which nobody has any day, together; then the set of the others with the worst ratio.

    Either is left out where there is none. Of sets with the same ratio the enumeration takes the smallest.
    """
    wanted = sorted(skill for skill, days in demand.items() if days > 0)
    masks = _masks(wanted, people)
    within_reach = 0
    for mask in masks:
        within_reach |= mask
    missing = tuple(skill for bit, skill in enumerate(wanted) if not within_reach >> bit & 1)
    found = [Bottleneck(missing, fsum(demand[skill] for skill in missing), 0.0)] if missing else []
    rest = [skill for skill in wanted if skill not in missing]
    if rest:
        of_rest = _masks(rest, ((days, _named(mask, wanted)) for mask, days in masks.items()))
        worst = _enumerated if len(rest) <= MOST_SKILLS else _by_flow
        chosen = worst([demand[skill] for skill in rest], of_rest)
        found.append(_of(chosen, rest, demand, of_rest))
    return tuple(found)


def _masks(skills: Sequence[str], people: People) -> dict[int, float]:
    """The days of everybody with the same of these skills (a bit each); people without days or skills are left out."""
    bits = {skill: 1 << at for at, skill in enumerate(skills)}
    days_by: defaultdict[int, float] = defaultdict(float)
    for days, able in people:
        mask = sum(bits[skill] for skill in set(able) if skill in bits)
        if mask and days > _NOTHING:
            days_by[mask] += days
    return dict(days_by)


def _named(mask: int, skills: Sequence[str]) -> tuple[str, ...]:
    return tuple(skill for at, skill in enumerate(skills) if mask >> at & 1)


def _of(
    mask: int, skills: Sequence[str], demand: Mapping[str, float], days_by: Mapping[int, float]
) -> Bottleneck:
    names = _named(mask, skills)
    able = fsum(days for other, days in days_by.items() if other & mask)
    return Bottleneck(names, fsum(demand[skill] for skill in names), able)


def _enumerated(demand: Sequence[float], days_by: Mapping[int, float]) -> int:
    """The worst set, by looking at every one.

    The days of whoever has none of the set are the sum over all subsets of its complement: sums over subsets, one
    skill at a time.
    """
    size = 1 << len(demand)
    work, inside = [0.0] * size, [0.0] * size
    for at, days in enumerate(demand):
        bit = 1 << at
        work[bit : bit * 2] = [before + days for before in work[:bit]]
    for mask, days in days_by.items():
        inside[mask] = days
    for at in range(len(demand)):
        bit = 1 << at
        for start in range(bit, size, bit * 2):
            lower = inside[start - bit : start]
            inside[start : start + bit] = map(float.__add__, inside[start : start + bit], lower)
    everybody = inside[-1]
    ratios = [work[mask] / (everybody - inside[size - 1 - mask]) for mask in range(1, size)]
    least = max(ratios) * (1 - _NOTHING)
    return min((mask for mask in range(1, size) if ratios[mask - 1] >= least), key=int.bit_count)


def _by_flow(demand: Sequence[float], days_by: Mapping[int, float]) -> int:
    """The worst set, beginning with all skills together: each round finds one with a worse ratio, or none."""
    worst = (1 << len(demand)) - 1
    while True:
        ratio = _ratio(worst, demand, days_by)
        better = _exceeding(ratio, demand, days_by)
        if not better or _ratio(better, demand, days_by) <= ratio * (1 + _NOTHING):
            return worst
        worst = better


_NOTHING = 1e-9


def _ratio(mask: int, demand: Sequence[float], days_by: Mapping[int, float]) -> float:
    work = fsum(days for at, days in enumerate(demand) if mask >> at & 1)
    return work / fsum(days for other, days in days_by.items() if other & mask)


def _exceeding(ratio: float, demand: Sequence[float], days_by: Mapping[int, float]) -> int:
    """The skills on the source's side of the minimum cut between work and `ratio` times the days; 0 if none."""
    edges: Edges = {"work": dict(enumerate(demand))}
    for at in range(len(demand)):
        edges[at] = {("who", mask): inf for mask in days_by if mask >> at & 1}
    for mask, days in days_by.items():
        edges["who", mask] = {"days": days * ratio}
    side = source_side(edges, "work", "days")
    return sum(1 << at for at in range(len(demand)) if at in side)
