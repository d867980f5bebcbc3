"""Comparison of two versions of the rules, by meaning."""
