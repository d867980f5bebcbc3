"""The two pages as data for `templates/two_pages.typ`. All words in it come from the sheet."""

from typing import Any

from webapp.sheet.model import DiscussionSheet
from webapp.sheet.two_pages import Box, FactRow, PointLine
from webapp.sheet.visit_questions import VisitQuestion
from webapp.sheet.writers.qr import qr_code


def two_pages_data(sheet: DiscussionSheet, address: str | None) -> dict[str, Any]:
    """Return the two pages as plain data for JSON. `refs` are always numbers of sources.

    `address` is the page where a resume code can be typed; without it there is no QR code.
    """
    pages, words = sheet.two_pages, sheet.texts.two_pages
    return {
        "words": words.model_dump(),
        "talk": pages.talk,
        "glance": pages.glance,
        "to_have": [entry.text for entry in pages.to_have],
        "questions": [_question(question) for question in pages.questions],
        "boxes": [_box(box) for box in pages.boxes],
        "still_open": _box(pages.still_open),
        "facts": [_fact(row) for row in pages.facts],
        "columns": [row.title for row in sheet.options.short_rows],
        "options": [
            {"name": option.name, "cells": [{"text": text, "refs": refs} for text, refs in option.cells]}
            for option in pages.options
        ],
        "offer": vars(pages.offer) if pages.offer else None,
        "explained": pages.explained,
        "sources": [
            {"number": entry.number, "name": entry.short_name, "link": entry.source.link} for entry in pages.sources
        ],
        "code": sheet.resume_code,
        "address": address,
        "qr": _squares(address, sheet.code_with_version) if address else None,
    }


def _squares(address: str, code: str) -> dict[str, str]:
    """Return the QR codes of the questions and of the sheet. The code is behind `#`, which browsers never send."""
    addresses = {"come_back": f"{address}#{code}", "all_points": f"{address}?show=sheet#{code}"}
    return {name: qr_code(opened, ground=False) for name, opened in addresses.items()}


def _question(question: VisitQuestion) -> dict[str, Any]:
    return {"text": question.text, "because": question.because}


def _box(box: Box) -> dict[str, Any]:
    return {"title": box.title, "points": [_point(point) for point in box.points], "more": box.more}


def _point(point: PointLine) -> dict[str, Any]:
    return {"headline": point.headline, "line": point.line, "refs": point.sources}


def _fact(row: FactRow) -> dict[str, Any]:
    return {
        "title": row.title,
        "who": row.who,
        "others": row.others,
        "range": row.span,
        "sure": row.sure,
        "picture": row.outcome.picture.svg,
        "alt": f"{row.title}: {row.happened}" + (f" ({row.span})." if row.span else "."),
        "happened": row.happened,
        "did_not": row.did_not,
        "also": row.also,
        "beside": row.beside,
        "refs": row.sources,
    }
