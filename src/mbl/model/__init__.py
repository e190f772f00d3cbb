"""The nouns of a marketing backlog: plain data, no files, no clock, no rules about one another."""
