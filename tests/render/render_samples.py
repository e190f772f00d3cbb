"""Reports to draw in the tests: a list of invented requests, with the titles that break tables."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from mbl.core.report import (
    Bar,
    Bars,
    Block,
    Calendar,
    Cell,
    Column,
    Facts,
    Heat,
    Lane,
    Plot,
    Report,
    Rule,
    Series,
    Straight,
    Strip,
    Strips,
    Table,
    Words,
)
from mbl.render import Canvas

TODAY = date(2026, 11, 22)

TITLES = (
    "Webinar for CTOs",
    "Case study: how a regional hospital halved its waiting list in six months",
    "価格表を更新する（代理店向け、第４四半期、英語版と日本語版の両方）",
    "🚀 Launch video for the new onboarding flow 🎬",
    "Cafe\u0301 re\u0301sume\u0301 template",
    "דף נחיתה לקמפיין החורף",
    "مرحبا landing page",
    "[red]Do not touch[/red] :smile: the homepage",
    "Title with \x1b[31mcolour\x1b[0m, \r return and \n newline",
    "\u202edesrever",
    "x" * 5000,
    "長" * 5000,
    "",
)
CLUSTERS = ("👨‍👩‍👧 Family plan", "🇩🇪 Übersetzung der Preisseite für Händler", "❤️ Customer week", "1️⃣ First")


class Request(NamedTuple):
    position: int
    title: str
    moscow: str | None = "must"
    outcomes: tuple[str, ...] = ("pipeline",)
    effort: Any = 2.5
    requester: str | None = "vp-sales"
    age: int = 12


COLUMNS = (
    Column(key="position", label="#", value=lambda row: row.position, kind="position"),
    Column(key="title", label="Title", value=lambda row: row.title, least=20),
    Column(key="moscow", label="Bucket", value=lambda row: row.moscow, kind="moscow"),
    Column(key="outcomes", label="Outcome", value=lambda row: row.outcomes, kind="names", least=7),
    Column(key="effort_days", label="Effort", value=lambda row: row.effort, kind="days"),
    Column(key="requester", label="Who asked", value=lambda row: row.requester, least=7),
    Column(key="age", label="Age", value=lambda row: row.age, kind="age"),
)


def table(titles: Sequence[str], *, rules: tuple[Rule, ...] = (), **given: Any) -> Table:
    rows = [Request(position, title, **given) for position, title in enumerate(titles, start=1)]
    return Table(columns=COLUMNS, rows=rows, what="items", rules=rules)


def report(*blocks: Block, **payload: Any) -> Report:
    return Report(kind="items", payload=lambda: payload, blocks=blocks)


def canvas(width: int = 80, **given: Any) -> Canvas:
    return Canvas(**{"today": TODAY, "width": width, "height": 40, **given})


def calendar(text: str, *, lanes: Sequence[str] = ("brand", ""), months: int = 3) -> Calendar:
    """A calendar with the text in every place: a full, a half full and an empty month."""
    full = Cell(load=8, capacity=8, text="8 of 8d", entries=((text, text), ("✓", text)))
    half = Cell(load=10, capacity=20, text=text, entries=(("•", text), ("•", "Webinar for CTOs")))
    return Calendar(
        title=text,
        what=text,
        months=tuple(f"{text} {month}" for month in range(months)),
        lanes=tuple((lane or text, (full, half, Cell())[:months]) for lane in lanes),
    )


def plot(text: str = "accepted", *points: tuple[int, float], **given: Any) -> Plot:
    """A plot of these days of November 2026 and their values, beside the straight line to 12 on the thirtieth."""
    read = tuple((date(2026, 11, day), value) for day, value in points or ((1, 0), (8, 2), (15, 8)))
    line = Straight(name=text, start=(date(2026, 11, 1), 0), end=(date(2026, 11, 30), 12))
    return Plot(**{"title": text, "series": (Series(name=text, points=read),), "lines": (line,), **given})


def strips(text: str = "accepted", *, weeks: int = 3) -> Strips:
    """Two rows of so many weeks: the first unknown in its first week, the second with an empty one."""
    first = tuple(float(week % 5) if week else None for week in range(weeks))
    return Strips(
        title=text,
        what=text,
        periods=tuple(f"{text} {week}" for week in range(weeks)),
        rows=(Strip(label=text, values=first, text=text), Strip(label="b", values=(0.0,) * weeks)),
    )


def heat(text: str = "dealers", *, columns: int = 4) -> Heat:
    """Two lanes in columns of two months, none of them over its limit."""
    return Heat(
        title=text,
        what=text,
        columns=tuple((f"{text} {at // 2}", f"{at + 1}") for at in range(columns)),
        lanes=(
            Lane(label=text, values=tuple(at % 4 for at in range(columns)), most=3),
            Lane(label="b", values=(0,) * columns, most=0),
        ),
    )


def everything(text: str) -> Report:
    """One block of each sort, the text in every place a user's text can be."""
    return report(
        Words(text=text, tone="headline"),
        Words(text=text, tone="hint"),
        table([text, text], rules=(Rule(1, text),), requester=text, outcomes=(text,)),
        Bars(title=text, bars=(Bar(label=text, value=3, text=text), Bar(label="b", value=1, text="1"))),
        Facts(title=text, facts=((text, text),)),
        calendar(text),
        plot(text),
        strips(text),
        heat(text),
        Words(text=text, verbatim=True),
        text=text,
    )
