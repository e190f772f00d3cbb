"""Maximum flow in a small network, and the minimum cut that proves it (Edmonds and Karp 1972: shortest paths first).

Capacities are numbers from 0 to infinity; what differs by less than a billionth of the largest finite one is equal.
Refuses nothing.
"""

from collections import deque
from collections.abc import Hashable, Mapping
from math import inf, isfinite

Edges = dict[Hashable, dict[Hashable, float]]
"""The capacity from each node to each of its neighbours."""


def source_side(
    edges: Mapping[Hashable, Mapping[Hashable, float]], source: Hashable, sink: Hashable
) -> set[Hashable]:
    """The nodes that still reach beyond themselves when as much as possible flows: one side of a minimum cut."""
    left: Edges = {node: dict(out) for node, out in edges.items()}
    for node, out in edges.items():
        for other in out:
            left.setdefault(other, {}).setdefault(node, 0.0)
    finite = [capacity for out in edges.values() for capacity in out.values() if isfinite(capacity)]
    nothing = max(finite, default=1.0) * 1e-9
    while True:
        came = _reached(left, source, nothing)
        if sink not in came:
            return set(came)
        _push(left, came, sink)


def _reached(left: Edges, source: Hashable, nothing: float) -> dict[Hashable, Hashable]:
    """Every node that can be reached, with the one before it on a shortest way."""
    came: dict[Hashable, Hashable] = {source: None}
    queue = deque([source])
    while queue:
        node = queue.popleft()
        for other, capacity in left[node].items():
            if capacity > nothing and other not in came:
                came[other] = node
                queue.append(other)
    return came


def _push(left: Edges, came: Mapping[Hashable, Hashable], sink: Hashable) -> None:
    """As much as the way to the sink carries, taken from it and put on the way back."""
    way: list[tuple[Hashable, Hashable]] = []
    node = sink
    while (before := came[node]) is not None:
        way.append((before, node))
        node = before
    amount = min((left[start][end] for start, end in way), default=inf)
    for start, end in way:
        left[start][end] -= amount
        left[end][start] += amount
