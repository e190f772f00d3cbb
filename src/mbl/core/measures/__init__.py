"""Numbers that are read again and again, how work flows, channel against customer."""
