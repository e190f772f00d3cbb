"""mbl: the marketing backlog that lives in git."""

__version__ = "0.1.0"
