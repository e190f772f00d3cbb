"""The kind no, as a letter."""
