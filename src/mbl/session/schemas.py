"""The JSON Schemas beside the files, by which editors complete and check them."""

import json
from pathlib import Path
from typing import Any

from mbl.model.backlog import FOLDERS
from mbl.model.settings import Settings
from mbl.model.team import People
from mbl.storage import disk

SCHEMAS = ("item", "mbl", "people", *(folder.removesuffix("s") for folder in FOLDERS if folder != "items"))
"""The names of the schemas: a file each in schemas/."""


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 7) with this name."""
    from mbl.storage import codec

    kinds = {
        "mbl": Settings,
        "people": People,
        **{folder.removesuffix("s"): kind for folder, kind in FOLDERS.items()},
    }
    return codec.schema(kinds[name])


def write_schemas(root: Path) -> tuple[str, ...]:
    """Bring schemas/ up to date; returns the paths that were written. Raises MblError."""
    written: list[str] = []
    for name in SCHEMAS:
        path = f"schemas/{name}.json"
        content = (json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n").encode()
        try:
            if not (root / path).exists() or (root / path).read_bytes() != content:
                disk.replace(root, path, content)
                written.append(path)
        except OSError as error:
            raise disk.failure(error, path) from None
    return tuple(written)
