"""How much work is promised, how long it takes, what fits: effort, throughput, cut line."""
