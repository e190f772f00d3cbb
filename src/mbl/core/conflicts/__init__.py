"""Who hears from us too often, contradictory offers, the same work asked for twice."""
