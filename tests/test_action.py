"""The action in a pull request, as the host runs it: a real process, a real repository, the API on a real socket."""

import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import CompletedProcess, run
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from gitworld import git, pin, versioned
from world import ROOT, mbl

SCRIPT = ROOT / "action" / "review.py"
MARK = "<!-- mbl review -->"
NASTY = "`$(touch pwned)` ](http://x) <img src=x> @cmo #1 ::error::boo\u202e --root /"


@dataclass
class Host:
    """The comments of the one pull request, and every request that came. `deny`: the token may only read."""

    comments: list[dict[str, Any]] = field(default_factory=list)
    calls: list[tuple[str, str, Any]] = field(default_factory=list)
    tokens: set[str | None] = field(default_factory=set)
    deny: bool = False
    stumble: int = 0
    url: str = ""

    def said(self, body: str, *, login: str = "github-actions[bot]", kind: str = "Bot") -> None:
        """A comment that is there already."""
        self.comments.append(
            {"id": len(self.comments) + 1, "body": body, "user": {"login": login, "type": kind}}
        )


@pytest.fixture
def host() -> Iterator[Host]:  # noqa: C901 - a whole host, if a small one
    """The API as far as the action knows it, with the payloads of the real one."""
    api = Host()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def _answer(self, code: int, body: object) -> None:
            text = json.dumps(body).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def _take(self) -> Any:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            api.calls.append((self.command, self.path, body))
            api.tokens.add(self.headers.get("Authorization"))
            if api.stumble:
                api.stumble -= 1
                self._answer(502, {"message": "Server Error"})
                return None
            if api.deny and self.command != "GET":
                self._answer(403, {"message": "Resource not accessible by integration"})
                return None
            return body or {}

        def do_GET(self) -> None:
            if self._take() is None:
                return
            url = urlsplit(self.path)
            assert url.path == "/repos/acme/marketing/issues/12/comments"
            page = int(parse_qs(url.query)["page"][0])
            self._answer(200, api.comments[100 * (page - 1) : 100 * page])

        def do_POST(self) -> None:
            if (body := self._take()) is None:
                return
            assert self.path == "/repos/acme/marketing/issues/12/comments"
            api.said(body["body"])
            self._answer(201, api.comments[-1])

        def do_PATCH(self) -> None:
            if (body := self._take()) is None:
                return
            found = re.fullmatch(r"/repos/acme/marketing/issues/comments/(\d+)", self.path)
            assert found
            api.comments[int(found[1]) - 1]["body"] = body["body"]
            self._answer(200, api.comments[int(found[1]) - 1])

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    api.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield api
    server.shutdown()
    server.server_close()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the host checks out: the pull request merged into its base."""
    pin(monkeypatch)
    root = versioned(tmp_path / "work" / "backlog", top=tmp_path / "work")
    git(root, "switch", "--quiet", "-c", "idea")
    monkeypatch.chdir(root)
    assert mbl("rank", "5", "--top").code == 0
    assert mbl("add", "A new request", "--requester", NASTY, "--no-ask").code == 0
    assert mbl("edit", "fgh44", "--title", NASTY).code == 0
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "Idea")
    git(root, "switch", "--quiet", "main")
    git(root, "merge", "--quiet", "--no-ff", "-m", "Merge idea into main", "idea")
    return tmp_path / "work"


def _review(checkout: Path, host: Host, **more: str) -> CompletedProcess[str]:
    event = {
        "action": "synchronize",
        "number": 12,
        "pull_request": {
            "number": 12,
            "title": NASTY,
            "base": {"sha": git(checkout, "rev-parse", "HEAD^1").strip(), "ref": "main"},
            "head": {
                "sha": git(checkout, "rev-parse", "HEAD^2").strip(),
                "ref": NASTY,
                "repo": {"fork": True},
            },
        },
        "repository": {"full_name": "acme/marketing"},
    }
    (checkout.parent / "event.json").write_text(json.dumps(event))
    surroundings = {
        **os.environ,
        "GITHUB_API_URL": host.url,
        "GITHUB_EVENT_PATH": str(checkout.parent / "event.json"),
        "GITHUB_STEP_SUMMARY": str(checkout.parent / "summary.md"),
        "MBL_PATH": "backlog",
        "MBL_TOKEN": "a-token-of-the-workflow",
        "MBL_TODAY": "2026-11-22",
        **more,
    }
    surroundings.pop("MBL_ROOT", None)
    return run(
        [sys.executable, "-I", str(SCRIPT)], cwd=checkout, env=surroundings, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip


def test_the_first_push_gets_a_comment_and_every_other_one_updates_it(checkout: Path, host: Host) -> None:
    for number in range(150):
        host.said(f"Comment {number}", login="cmo", kind="User")
    first = _review(checkout, host)
    assert first.returncode == 0, first.stdout + first.stderr
    assert host.comments[150]["body"].startswith(MARK)
    assert "Poster" in host.comments[150]["body"]
    assert (checkout.parent / "summary.md").read_text() == host.comments[150]["body"]
    again = _review(checkout, host)
    assert again.returncode == 0
    assert [call[0] for call in host.calls] == [
        "GET",
        "GET",
        "POST",
        "GET",
        "GET",
    ]  # nothing new: nothing written
    (checkout / "backlog" / "items" / "pqr66.yaml").unlink()
    assert _review(checkout, host).returncode == 0
    assert len(host.comments) == 151
    assert "deleted" in host.comments[150]["body"]
    assert host.tokens == {"Bearer a-token-of-the-workflow"}


def test_titles_are_text_wherever_they_go(checkout: Path, host: Host) -> None:
    said = _review(checkout, host)
    body = host.comments[0]["body"]
    assert "@cmo" not in body
    assert "<img" not in body
    assert not re.search(r"(?<!\\)\]\(", body)
    assert "\u202e" not in body
    assert not [line for line in said.stdout.splitlines() if line.startswith("::")]
    assert not list(checkout.parent.rglob("pwned"))


def test_errors_are_annotated_on_their_lines_and_fail_the_job(checkout: Path, host: Host) -> None:
    path = checkout / "backlog" / "items" / "kdw22.yaml"
    path.write_text(re.sub(r"(?m)^status:.*", 'status: "promised, ::error::"', path.read_text()))
    said = _review(checkout, host)
    assert said.returncode == 1
    lines = path.read_text().splitlines()
    number = next(at for at, line in enumerate(lines, start=1) if line.startswith("status:"))
    [annotation] = [line for line in said.stdout.splitlines() if line.startswith("::error ")]
    assert annotation.startswith(f"::error file=backlog/items/kdw22.yaml,line={number},")
    assert "The backlog has errors" in host.comments[0]["body"]


def test_a_token_that_may_only_read_leaves_the_text_in_the_summary(checkout: Path, host: Host) -> None:
    host.deny = True
    said = _review(checkout, host)
    assert said.returncode == 0
    assert "summary" in said.stdout
    assert host.comments == []
    assert (checkout.parent / "summary.md").read_text().startswith(MARK)


def test_somebody_who_writes_the_mark_is_not_overwritten(checkout: Path, host: Host) -> None:
    host.said(f"{MARK} I am the action", login="mallory", kind="User")
    assert _review(checkout, host).returncode == 0
    assert host.comments[0]["body"] == f"{MARK} I am the action"
    assert len(host.comments) == 2


def test_a_host_that_stumbles_is_asked_again(checkout: Path, host: Host) -> None:
    host.stumble = 2
    assert _review(checkout, host).returncode == 0
    assert len(host.comments) == 1


def test_a_host_that_is_away_costs_the_comment_only(checkout: Path, host: Host) -> None:
    said = _review(checkout, host, GITHUB_API_URL="http://127.0.0.1:9")
    assert said.returncode == 0
    assert "could not be written" in said.stdout


def test_a_change_without_effect_gets_no_first_comment_but_updates_one(checkout: Path, host: Host) -> None:
    git(checkout, "commit", "--quiet", "--allow-empty", "-m", "Nothing")
    git(checkout, "commit", "--quiet", "--allow-empty", "-m", "Merge")
    event = {"pull_request": {"number": 12, "base": {"sha": git(checkout, "rev-parse", "HEAD").strip()}}}
    path = checkout.parent / "nothing.json"
    path.write_text(json.dumps({**event, "repository": {"full_name": "acme/marketing"}}))

    def review() -> CompletedProcess[str]:
        surroundings = {
            **os.environ, "GITHUB_API_URL": host.url, "GITHUB_EVENT_PATH": str(path), "MBL_PATH": "backlog",
        }  # fmt: skip
        return run(
            [sys.executable, "-I", str(SCRIPT)], cwd=checkout, env=surroundings, capture_output=True, text=True,
            check=False, timeout=120,
        )  # fmt: skip

    assert review().returncode == 0
    assert host.comments == []
    host.said(f"{MARK} what it was before")
    assert review().returncode == 0
    assert "Nothing changed" in host.comments[0]["body"]


def test_code_in_the_pull_request_is_never_imported(checkout: Path, host: Host) -> None:
    for name in ("mbl.py", "json.py", "typer.py", "sitecustomize.py"):
        (checkout / name).write_text("open('pwned', 'w')\n")
    assert _review(checkout, host, PYTHONPATH=str(checkout)).returncode == 0
    assert not list(checkout.rglob("pwned"))


def test_a_shallow_checkout_says_what_to_fetch(checkout: Path, host: Host) -> None:
    git(checkout.parent, "clone", "--quiet", "--depth=1", f"file://{checkout}", "shallow")
    base = git(checkout, "rev-parse", "HEAD^1").strip()
    path = checkout.parent / "event.json"
    _review(checkout, host)
    assert base in path.read_text()
    host.comments.clear()
    surroundings = {
        **os.environ, "GITHUB_API_URL": host.url, "GITHUB_EVENT_PATH": str(path), "MBL_PATH": "backlog",
    }  # fmt: skip
    said = run(
        [sys.executable, "-I", str(SCRIPT)], cwd=checkout.parent / "shallow", env=surroundings, capture_output=True,
        text=True, check=False, timeout=120,
    )  # fmt: skip
    assert said.returncode == 0
    assert "fetch" in host.comments[0]["body"]


def test_the_action_passes_no_expression_to_a_shell() -> None:
    text = (ROOT / "action.yml").read_text()
    runs = re.findall(r"run: (.*)", text)
    assert runs
    assert not [line for line in runs if "${{" in line]
