"""The verbs of a marketing backlog: pure functions from a backlog to a report, or to another backlog."""
