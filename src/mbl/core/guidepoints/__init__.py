"""What success looks like, its outcomes, and the work that serves them."""
