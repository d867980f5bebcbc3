"""A finding made up for tests."""

from datetime import date

from webapp.rulebook.records.evidence import Finding


def finding(**fields: object) -> Finding:
    """Return a finding with these fields; the others say nothing of interest."""
    record = {
        "id": "a",
        "source": "paper",
        "locator": "abstract",
        "says": "It says so.",
        "design": "cohort",
        "certainty": {"level": "very_low", "reason": "It is made up."},
        "checked": date(2026, 1, 1),
        "review_by": date(2027, 1, 1),
    }
    return Finding.model_validate({**record, **fields})
