"""The discussion sheet, ready to be shown: what is on it, in which order, with numbered sources."""
