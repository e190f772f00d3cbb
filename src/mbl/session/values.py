"""Values from the command line or another list become an item's fields, validated like a file."""

import os
from collections.abc import Mapping
from typing import Any

from mbl.errors import MblError
from mbl.model.backlog import Backlog
from mbl.model.item import Item


def new_ids(backlog: Backlog, count: int) -> tuple[str, ...]:
    """Ids that nothing in the backlog has: five letters and digits, the first a letter."""
    from random import Random, SystemRandom

    seed = os.environ.get("MBL_ID_SEED")
    random = Random(seed) if seed else SystemRandom()
    letters, rest = "bcdfghjkmnpqrstvwxz", "bcdfghjkmnpqrstvwxz23456789"
    taken = {item.id for item in backlog.items.values()} | {noun.id for noun in backlog.campaigns.values()}
    taken |= {path.rpartition(".")[0][-5:] for path in (problem.path for problem in backlog.broken)}
    ids: dict[str, None] = {}
    while len(ids) < count:
        id_ = random.choice(letters) + "".join(random.choice(rest) for _ in range(4))
        if id_ not in taken:
            ids[id_] = None
    return tuple(ids)


def item(values: Mapping[str, Any]) -> Item:
    """An item from values as a file would have them. Raises MblError with every value that is wrong."""
    made: Item = valid(Item, values)
    return made


def item_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Some fields of an item, validated: what `edit` sets. Raises MblError (exit code 2)."""
    filled = {key: value for key, value in values.items() if value is not None}
    filled_item = valid(Item, {"id": "bbbbb", "title": "x", **filled})
    empty = valid(Item, {"id": "bbbbb", "title": "x"})
    return {key: getattr(filled_item if key in filled else empty, key) for key in values}


def typed(name: str, given: str | list[str]) -> Any:
    """What was typed for a field: "" clears, lists are split at commas, mappings are read as YAML. Raises MblError."""
    from mbl.storage.yamltext import Malformed, load

    parts = given if isinstance(given, list) else [given]
    text = ",".join(parts)
    if not text.strip():
        return None
    if text.lstrip()[:1] in ("{", "[") and name not in ("title", "description", "how"):
        try:
            return load(name, text)
        except Malformed as error:
            raise MblError(
                f"--{name}: {error.problems[0].message}.", hint=error.problems[0].fix, exit_code=2
            ) from None
    if isinstance(given, list):
        split = parts if name == "links" else text.split(",")
        return [part.strip() for part in split if part.strip()]
    return given


def valid(kind: Any, values: Mapping[str, Any]) -> Any:
    """A noun from values. Raises MblError (exit code 2) with every value that is wrong."""
    from mbl.storage import codec
    from mbl.storage.yamltext import Malformed

    try:
        return codec.valid(kind, values)
    except Malformed as error:
        lines = [f"{problem.message}. {problem.fix}".strip() for problem in error.problems]
        raise MblError("\n".join(lines), exit_code=2, problems=error.problems) from None
