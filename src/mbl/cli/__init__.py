"""The command line: the only place that knows Typer."""


def main() -> None:
    """The program `mbl`."""
    from mbl.cli.app import run

    run()
