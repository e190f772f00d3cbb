"""Problems as annotations that a workflow run shows beside the lines of a pull request; everything else as Markdown.

User text cannot become a command: what ends a property or a line is escaped as the host asks for.
"""

from typing import Any

from mbl.core.report import Report
from mbl.render import markdown
from mbl.render.canvas import Canvas
from mbl.render.safe import shown


def text(report: Report, canvas: Canvas) -> str:
    """One line a problem: `::error file=items/x.yaml,line=4,title=rank::message. What to do`."""
    if report.kind != "problems":
        return markdown.text(report, canvas)
    return "".join(f"{_annotation(problem)}\n" for problem in report.payload()["problems"])


def _annotation(problem: dict[str, Any]) -> str:
    place = {
        "file": problem["path"],
        "line": problem["line"] or 1,
        "col": problem["column"] or None,
        "title": problem["code"],
    }
    said = ",".join(f"{key}={_property(str(value))}" for key, value in place.items() if value)
    message = f"{problem['message'].rstrip('.')}. {problem['fix']}".strip()
    return f"::{problem['level']} {said}::{_message(message)}"


def _message(text: str) -> str:
    return shown(text).replace("%", "%25")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
