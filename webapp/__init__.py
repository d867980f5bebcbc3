"""Stem cells and MS: a discussion guide."""
