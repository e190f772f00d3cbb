"""The outside world, one room each: YAML text, the codec, the disk, the index, the git repository."""
