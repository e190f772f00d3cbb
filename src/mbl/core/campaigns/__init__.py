"""Micro-campaigns: criteria, chances, verdicts, readings, decisions."""
