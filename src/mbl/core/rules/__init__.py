"""What must hold of every file, and what can be mended."""
