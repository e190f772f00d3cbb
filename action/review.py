"""What the action does in a pull request: annotate the lines, write one comment, and update it at each push.

Everything in the pull request is somebody else's text: it reaches programs as arguments or standard input only,
never a shell, and the comment as Markdown in which nothing is a mention or a tag. With a token that may only
read (a fork's), the text goes to the job's summary instead. Uses the standard library alone.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

MARK = "<!-- mbl review -->"
"""By this the comment is found again."""
LONGEST = 60_000
"""Characters. A comment may have 65,536."""
_NOTHING = "\n\nNothing changed since "
_TRIES = 3
_PAGE = 100
_STUMBLED = 500
_TIMEOUT = 30
_DENIED = (401, 403, 404)


def main() -> int:
    """Check, tell, and return the exit code: 1 if the backlog has errors."""
    folder = os.environ.get("MBL_PATH") or "."
    checked = _mbl(folder, "check", "--format", "github")
    sys.stdout.write(checked.stdout)
    sys.stdout.flush()
    event = _event()
    request = event.get("pull_request")
    base = request["base"]["sha"] if request else "HEAD~1"
    text = _told(folder, base, failed=checked.returncode != 0)
    _summarise(text)
    if request and os.environ.get("MBL_COMMENT", "true").lower() == "true":
        _comment(event["repository"]["full_name"], int(request["number"]), text)
    return checked.returncode


def _told(folder: str, base: str, *, failed: bool) -> str:
    """The comment: what the change means, or why nobody can tell."""
    differs = _mbl(folder, "diff", base, "--format", "md")
    said = differs.stdout.strip() or f"The change cannot be told:\n\n{_fenced(differs.stderr.strip())}"
    if len(said) > LONGEST:
        said = f"{said[:LONGEST].rpartition(chr(10) * 2)[0]}\n\n… and more: `mbl diff` shows all."
        said += "\n\n</details>" * (said.count("<details>") - said.count("</details>"))
    problems = "\n\n**The backlog has errors:** they stand beside the lines, and `mbl check` lists them."
    return f"{MARK}\n### What this changes in the marketing backlog\n\n{said}{problems if failed else ''}\n"


def _mbl(folder: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run mbl there. `-I`: nothing that lies in the pull request is ever imported."""
    command = [sys.executable, "-I", "-m", "mbl", "--root", folder, *arguments]
    return subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        stdin=subprocess.DEVNULL,
    )


def _event() -> dict[str, Any]:
    path = os.environ.get("GITHUB_EVENT_PATH")
    event: dict[str, Any] = json.loads(Path(path).read_text("utf-8")) if path else {}
    return event


def _summarise(text: str) -> None:
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text)


def _comment(repository: str, number: int, text: str) -> None:
    """Bring the one comment up to date. A change without effect gets no first comment."""
    issue = f"/repos/{repository}/issues/{number}"
    try:
        mine = next((each for each in _comments(issue) if _is_mine(each)), None)
        if mine is None and _NOTHING not in text:
            _call("POST", f"{issue}/comments", {"body": text})
        elif mine is not None and mine["body"] != text:
            _call("PATCH", f"/repos/{repository}/issues/comments/{mine['id']}", {"body": text})
    except HTTPError as error:
        if error.code not in _DENIED:
            raise
        _say(f"No right to comment here ({error.code}): the text is in the job's summary.")
    except (URLError, HTTPException, TimeoutError) as error:
        _say(f"The comment could not be written ({error}): the text is in the job's summary.")


def _is_mine(comment: Mapping[str, Any]) -> bool:
    """Whether a program wrote it, and this one: anybody can write the mark."""
    user = comment.get("user") or {}
    return str(comment.get("body") or "").startswith(MARK) and user.get("type") == "Bot"


def _comments(issue: str) -> Iterator[Mapping[str, Any]]:
    page = 1
    while True:
        found = _call("GET", f"{issue}/comments?per_page={_PAGE}&page={page}")
        yield from found
        if len(found) < _PAGE:
            return
        page += 1


def _call(method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
    """What the host's API answers. Tries again where the host stumbled. Raises HTTPError, URLError."""
    api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
    request = Request(  # noqa: S310 - the address comes from the host's own environment
        f"{api}{path}",
        data=None if body is None else json.dumps(body).encode(),
        method=method,
        headers={
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {os.environ.get('MBL_TOKEN', '')}",
            "Content-Type": "application/json",
            "X-GitHub-Api-Version": "2022-11-28",
        },
    )
    for left in reversed(range(_TRIES)):
        try:
            with urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
                return json.loads(answer.read() or b"null")
        except HTTPError as error:
            if error.code < _STUMBLED or not left:
                raise
        time.sleep(1)
    return None


def _fenced(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}\n{text}\n{fence}"


def _say(text: str) -> None:
    """A remark in the log that can be no command to the host: it begins with a word of ours."""
    sys.stdout.write(f"mbl: {' '.join(text.split())}\n")


if __name__ == "__main__":
    sys.exit(main())
