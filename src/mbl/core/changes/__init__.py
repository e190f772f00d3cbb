"""What differs between two backlogs: in words, as a message, as a story, merged."""
