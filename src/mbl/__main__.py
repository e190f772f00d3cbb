"""`python -m mbl` is `mbl`."""

from mbl.cli import main

main()
