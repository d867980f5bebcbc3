"""How a source is written out."""

from webapp.rulebook.evidence import Source


def citation(source: Source) -> str:
    """Return a source in one line, without its link: authors, title, where it appeared, year, volume(issue):pages.

    The order is that of the Vancouver style (ICMJE, Recommendations, "References").
    """
    authors = ", ".join(source.author)
    appeared = " ".join(filter(None, (source.container_title, str(source.issued) if source.issued else None)))
    volume = (source.volume or "") + (f"({source.issue})" if source.issue else "")
    place = ":".join(filter(None, (volume, source.page)))
    return " ".join(
        _stopped(part) for part in (authors, source.title, "; ".join(filter(None, (appeared, place)))) if part
    )


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
