"""The command line: the only place that knows Typer."""

import gc
import os
import sys


def main() -> None:
    """The program `mbl`.

    It lives a second at most: looking for garbage among 10,000 items, and taking them apart at the end, would
    only cost time.
    """
    gc.disable()
    _open_closed_streams()
    status: str | int | None = 0
    try:
        from mbl.cli.app import run

        run()
    except SystemExit as end:
        status = end.code
    except KeyboardInterrupt:
        status = 130
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        pass
    os._exit(status if isinstance(status, int) else 0)


def _open_closed_streams() -> None:
    """A stream that the caller closed (`mbl list >&-`) leads nowhere, instead of being None."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
