"""MoSCoW together, one request after the other."""
