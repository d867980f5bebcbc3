"""One good record of each kind, and what becomes of it when it is changed."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from webapp.rulebook import compare, evidence, reading, record, schema
from webapp.rulebook.record import Record

OPTION = {"id": "clear", "label": "Clear", "strip": "Clear", "clause": "it was clear"}
GOOD: Mapping[type[Record], Mapping[str, Any]] = {
    record.Titled: {"id": "health", "title": "Health"},
    schema.Option: OPTION,
    schema.Question: {
        "id": "scan",
        "section": "health",
        "kind": "one",
        "prompt": "What?",
        "why": "So.",
        "strip": "Scan",
        "options": [OPTION],
    },
    schema.Treatment: {
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
    schema.Fact: {"id": "active", "means": "it is active", "when": {"scan": ["clear"]}},
    schema.Rule: {
        "id": "a-point",
        "group": "background",
        "when": {"scan": ["clear"]},
        "headline": "H",
        "say": "S.",
        "ask": ["Why?"],
        "findings": ["study"],
        "examples": {"applies": [{}], "does_not_apply": [{}]},
    },
    schema.FindOut: {"question": "scan", "why": "So.", "how": "Look.", "ask": ["Why?"], "findings": ["study"]},
    schema.Term: {"term": "T2", "plain": "A picture."},
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
    compare.Cell: {"say": "S.", "findings": ["study"]},
    compare.ComparedOption: {"id": "wait", "name": "Wait", "cells": {}},
    compare.Outcome: {
        "id": "deaths",
        "title": "T",
        "family": "deaths",
        "number": "study.deaths",
        "gain": "G.",
        "loss": "L.",
        "findings": ["study"],
        "note": "N.",
    },
    compare.Criterion: {"criterion": "age", "published": "P."},
    compare.Study: {
        "id": "one",
        "name": "One",
        "kind": "trial",
        "therapy": "msc",
        "status": "S.",
        "criteria": [{"criterion": "age", "published": "P."}],
    },
    reading.OfferQuestion: {"id": "what", "ask": "What?", "why": "So.", "findings": ["study"]},
    reading.OfferSign: {"id": "haste", "sign": "S.", "why": "So.", "findings": ["study"]},
    reading.Step: {"id": "before", "name": "Before", "what": "W.", "duration": "D."},
    reading.Claim: {"id": "new", "claim": "C.", "verdict": "wrong", "says": "S.", "findings": ["study"]},
    reading.Standard: {"id": "tells", "standard": "S", "criterion": "C.", "state": "met", "shown_by": "T."},
    reading.Waiver: {"check": "never", "record": "go", "reason": "R.", "until": "2026-12-31"},
    reading.LookedFor: {"name": "It", "kind": "treatment", "points": ["a-point"]},
}


def valid(model: type[Record], **changes: Any) -> Record:
    """Return the good record of a class, changed as told."""
    return model.model_validate_json(json.dumps({**GOOD[model], **changes}))


def fault(model: type[Record], **changes: Any) -> tuple[tuple[int | str, ...], str]:
    """Return place and kind of the first fault of the good record of a class, changed as told."""
    with pytest.raises(ValidationError) as error:
        valid(model, **changes)
    first = error.value.errors()[0]
    return first["loc"], first["type"]
