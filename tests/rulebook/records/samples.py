"""One good record of each kind, and what becomes of it when it is changed."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from webapp.rulebook.records import (
    base,
    comparison,
    evidence,
    points,
    questionnaire,
    reference_pages,
    treatments,
    two_pages,
)
from webapp.rulebook.records.base import Record

OPTION = {"id": "clear", "label": "Clear", "short_text": "Clear", "clause": "it was clear"}
GOOD: Mapping[type[Record], Mapping[str, Any]] = {
    base.Titled: {"id": "health", "title": "Health"},
    questionnaire.Option: OPTION,
    questionnaire.Question: {
        "id": "scan",
        "section": "health",
        "kind": "one",
        "prompt": "What?",
        "why": "So.",
        "short_text": "Scan",
        "options": [OPTION],
    },
    treatments.Treatment: {
        "id": "amber",
        "name": "Amber",
        "brands": [],
        "generics": [],
        "route": "tablet",
        "drug_class": "resin",
        "efficacy_class": "high",
        "lists": [{"source": "list", "says": "high"}],
        "status": "approved",
    },
    points.Fact: {"id": "active", "means": "it is active", "when": {"scan": ["clear"]}},
    points.Rule: {
        "id": "a-point",
        "group": "background",
        "when": {"scan": ["clear"]},
        "weight": 1,
        "headline": "H",
        "line": "L.",
        "say": "S.",
        "visit_question": "Why?",
        "ask": ["Why?"],
        "findings": ["study"],
        "examples": {"applies": [{}], "does_not_apply": [{}]},
    },
    points.FindOut: {
        "question": "scan",
        "weight": 1,
        "visit_question": "Why?",
        "why": "So.",
        "how": "Look.",
        "ask": ["Why?"],
        "findings": ["study"],
    },
    reference_pages.ReadingLink: {"text": "That", "page": "offers"},
    reference_pages.Term: {"term": "T2", "plain": "A picture."},
    evidence.Number: {"value": 3, "unit": "count", "of": 250, "low": 2, "high": 4.5},
    evidence.Finding: {
        "id": "study",
        "source": "paper",
        "locator": "page 1",
        "says": "So.",
        "design": "cohort",
        "certainty": {"level": "very_low", "reason": "Few."},
        "checked": "2026-01-01",
        "review_by": "2026-01-02",
    },
    evidence.Source: {"id": "paper", "type": "webpage", "title": "T"},
    comparison.OptionsRow: {"id": "what", "title": "What"},
    comparison.Illness: {"title": "T", "say": "S.", "findings": ["study"]},
    comparison.Cell: {"say": "S.", "findings": ["study"]},
    comparison.ComparedOption: {"id": "wait", "name": "Wait", "cells": {}, "short": {}},
    comparison.Outcome: {
        "id": "deaths",
        "title": "T",
        "family": "deaths",
        "number": "study.deaths",
        "gain": "G.",
        "loss": "L.",
        "findings": ["study"],
        "note": "N.",
    },
    two_pages.FactsBoxRow: {
        "id": "died",
        "outcome": "deaths",
        "title": "T",
        "happened": "H",
        "did_not": "D",
        "beside": "B.",
        "check": {"ask": "What?", "so": True, "told": "T."},
        "findings": ["study"],
    },
    comparison.Criterion: {"criterion": "age", "published": "P."},
    comparison.TrialStatus: {
        "stage": "recruiting",
        "looked_up_at": "2026-01-01",
        "registry": "https://register.example/one",
    },
    comparison.Study: {
        "id": "one",
        "name": "One",
        "kind": "trial",
        "therapy": "msc",
        "status": "S.",
        "trial": {"stage": "completed", "looked_up_at": "2026-01-01"},
        "criteria": [{"criterion": "age", "published": "P."}],
    },
    reference_pages.OfferQuestion: {"id": "what", "ask": "What?", "why": "So.", "findings": ["study"]},
    reference_pages.OfferSign: {"id": "haste", "sign": "S.", "why": "So.", "findings": ["study"]},
    reference_pages.Step: {"id": "before", "name": "Before", "what": "W.", "duration": "D."},
    reference_pages.Claim: {"id": "new", "claim": "C.", "verdict": "wrong", "says": "S.", "findings": ["study"]},
    reference_pages.StandardText: {
        "id": "s",
        "name": "S",
        "title": "T",
        "read": "not_read",
        "read_on": "2026-01-01",
        "review_by": "2027-01-01",
    },
    reference_pages.Standard: {"id": "tells", "standard": "s", "criterion": "C.", "state": "met", "shown_by": "T."},
    reference_pages.Waiver: {"check": "never", "record": "go", "reason": "R.", "until": "2026-12-31"},
    reference_pages.IndexEntry: {"name": "It", "kind": "treatment", "points": ["a-point"]},
}


def valid(model: type[Record], **changes: Any) -> Record:
    """Return the good record of a class with `changes`."""
    return model.model_validate_json(json.dumps({**GOOD[model], **changes}))


def problem(model: type[Record], **changes: Any) -> tuple[tuple[int | str, ...], str]:
    """Return place and kind of the first fault of the good record of a class with `changes`."""
    with pytest.raises(ValidationError) as error:
        valid(model, **changes)
    first = error.value.errors()[0]
    return first["loc"], first["type"]
