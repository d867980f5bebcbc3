"""Stem cells and MS: a discussion guide."""


def version() -> str:
    """Return the version of the software. Only pyproject.toml has it, and the package that is built from it."""
    from importlib.metadata import version as version_of  # noqa: PLC0415  # most commands do without it

    return version_of("ms-discussion-guide")
