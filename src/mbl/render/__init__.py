"""Reports become text: one file per format, one row each in `FORMATS`.

A format's module is imported when it is asked for. An unknown format is refused.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from mbl.core.report import Report
from mbl.errors import MblError
from mbl.render.canvas import Canvas

__all__ = ["FORMATS", "Canvas", "Format", "drawn"]

Format: TypeAlias = Callable[[Report, Canvas], str]


def drawn(report: Report, canvas: Canvas, *, form: str = "table") -> str:
    """The report as text in one of `FORMATS`, ending with a newline. MblError (exit 2) for an unknown format."""
    if form not in FORMATS:
        raise MblError(
            f"There is no format {form!r}.", hint=f"Use one of: {', '.join(FORMATS)}.", exit_code=2
        )
    return FORMATS[form](report, canvas)


def _table(report: Report, canvas: Canvas) -> str:
    if canvas.tty:
        from mbl.render import terminal

        return terminal.text(report, canvas)
    from mbl.render import plain

    return plain.text(report, canvas)


def _json(report: Report, canvas: Canvas) -> str:
    from mbl.render import jsontext

    return jsontext.text(report, canvas)


def _csv(report: Report, canvas: Canvas) -> str:
    from mbl.render import csvtext

    return csvtext.text(report, canvas)


def _md(report: Report, canvas: Canvas) -> str:
    from mbl.render import markdown

    return markdown.text(report, canvas)


def _github(report: Report, canvas: Canvas) -> str:
    from mbl.render import github

    return github.text(report, canvas)


FORMATS: Mapping[str, Format] = {"table": _table, "json": _json, "csv": _csv, "md": _md, "github": _github}
