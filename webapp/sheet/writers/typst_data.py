"""The sheet as data for `templates/two_pages.typ` and `templates/booklet.typ`. All words in it come from the sheet."""

from typing import Any

from webapp.sheet.model import DiscussionSheet
from webapp.sheet.operator import Operator
from webapp.sheet.writers.booklet_data import booklet_data
from webapp.sheet.writers.print_options import PrintOptions
from webapp.sheet.writers.two_pages_data import two_pages_data


def typst_data(
    sheet: DiscussionSheet, options: PrintOptions, address: str | None, operator: Operator | None = None
) -> dict[str, Any]:
    """Return the printed content as plain data for JSON. `refs` are always numbers of sources.

    `address` is the page where a resume code can be typed, `operator` are those who offer the guide.
    """
    data: dict[str, Any] = {
        "form": vars(options),
        "title": sheet.texts.title,
        "labels": sheet.texts.labels.model_dump(),
        "about": sheet.texts.about.model_dump(),
        "wording": sheet.wording.model_dump(),
        "operator": operator.model_dump(include={"name", "contact", "referral"}) if operator else None,
        "version": sheet.version,
        "checked": sheet.checked.isoformat(),
        "two_pages": two_pages_data(sheet, address),
    }
    if options.length == "booklet":
        data["booklet"] = booklet_data(sheet, data["two_pages"])
    return data
