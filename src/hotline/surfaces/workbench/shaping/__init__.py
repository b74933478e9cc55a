"""成形 (shaping): from dossiers, desks and rules to what the templates show. Reads only what a desk handed over."""
