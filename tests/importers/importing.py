"""Short ways to say what the importer tests are about."""

from mbl.importers.csv import csv
from mbl.importers.draft import Drafts, Value, Wishes

PATH = "lists/sales.csv"


def imported(text: str | bytes, **wishes: object) -> Drafts:
    content = text if isinstance(text, bytes) else text.encode()
    return csv(PATH, content, Wishes(**wishes))  # type: ignore[arg-type]


def good(text: str | bytes, **wishes: object) -> Drafts:
    found = imported(text, **wishes)
    assert found.problems == ()
    return found


def titles(found: Drafts) -> list[Value]:
    return [draft.fields["title"] for draft in found.drafts]


def column(field: str, header: str, *cells: str, **wishes: object) -> Drafts:
    """A list with a title and one more column."""
    rows = [f'{number};"{cell}"' for number, cell in enumerate(cells, 1)]
    return imported("\n".join([f"Title;{header}", *rows]), **wishes)


def values(field: str, header: str, *cells: str, **wishes: object) -> list[Value | None]:
    """What these cells become, if nothing is wrong with them."""
    found = column(field, header, *cells, **wishes)
    assert found.problems == ()
    return [draft.fields.get(field) for draft in found.drafts]


def codes(found: Drafts) -> list[str]:
    return [problem.code for problem in found.problems]


def at(found: Drafts) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in found.problems]


def said(found: Drafts) -> str:
    return "\n".join(found.remarks)
