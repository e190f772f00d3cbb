"""Is this still relevant?"""
