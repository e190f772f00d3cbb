"""Who serves whom, who can do what, where work waits."""
