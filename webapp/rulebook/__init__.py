"""The knowledge: what the rule files say, and what follows from a set of answers. Pure Python, no web."""
