"""Citations of sources, and what findings say about themselves."""

from collections.abc import Iterable, Sequence

from webapp.rulebook.records.evidence import Finding, Source
from webapp.rulebook.records.sheet_texts import About


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


def describe_findings(findings: Sequence[Finding], labels: About) -> Sequence[tuple[str, str]]:
    """Return who was studied, where, when, for how long, who reports it, and how sure it is, as (label, text).

    Fields that none of the findings has are left out.
    """
    described = ((label, once(_field_text(finding, name) for finding in findings)) for name, label in labels)
    return [(label, "; ".join(texts)) for label, texts in described if texts]


def _field_text(finding: Finding, name: str) -> str | None:
    text: str | None = finding.certainty.in_words if name == "certainty" else getattr(finding, name)
    return text


def once(texts: Iterable[str | None]) -> Sequence[str]:
    """Return the non-empty texts, each once, without a full stop at the end."""
    return list(dict.fromkeys(text.removesuffix(".") for text in texts if text))


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
